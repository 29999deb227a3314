package dev.kafila.migrate;

import java.util.List;

/** Where a connector's records go, and with that what its route is made of. */
enum Target {
    /** A Lambda function. */
    LAMBDA(
            "kafila.lambda.",
            "lambda",
            "Invokes the function with batches of a partition, as the connector did",
            "function",
            "Lambda function",
            "invokes the function once more for them"),

    /** An EventBridge event bus. */
    EVENT_BRIDGE(
            "kafila.eventbridge.",
            "eventbridge",
            "Puts every record on the event bus, as the connector did",
            "bus",
            "EventBridge bus",
            "puts them on the bus once more");

    private final String prefix;
    private final String word;
    private final String description;
    private final String noun;
    private final String label;
    private final String again;

    Target(String prefix, String word, String description, String noun, String label, String again) {
        this.prefix = prefix;
        this.word = word;
        this.description = description;
        this.noun = noun;
        this.label = label;
        this.again = again;
    }

    /** The whole name of one of the flow's settings. */
    String setting(String name) {
        return prefix + name;
    }

    /** What ids and the names of files end with. */
    String suffix() {
        return "-to-" + word;
    }

    /** The kamelet that delivers. */
    String kamelet() {
        return "kafila-" + word + "-sink";
    }

    /** The route configuration, and its file, that writes dead letters. */
    String deadLetters() {
        return word + "-dead-letters";
    }

    /** What the route does, as its label. */
    String description() {
        return description;
    }

    /** What it is, in a sentence. */
    String noun() {
        return noun;
    }

    /** What it is, as a label. */
    String label() {
        return label;
    }

    /** What a second delivery does. */
    String again() {
        return again;
    }

    /** The parameters of the kamelet in the order they are written. */
    List<String> sink() {
        return this == LAMBDA ? Parameters.LAMBDA_SINK : Parameters.EVENT_BRIDGE_SINK;
    }
}
