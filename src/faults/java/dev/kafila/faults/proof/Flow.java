package dev.kafila.faults.proof;

/** A way from the topic to AWS. Each has a group and a topic of dead letters of its own. */
enum Flow {
    LAMBDA("lambda", "kafka-to-lambda"),
    EVENTBRIDGE("eventbridge", "kafka-to-eventbridge"),
    MAPPING("mapping", "mapping-");

    private final String label;
    private final String route;

    Flow(String label, String route) {
        this.label = label;
        this.route = route;
    }

    /** Whether a ledger's line is of this flow. */
    boolean isOf(String name) {
        return name.startsWith(route);
    }

    /** For names of groups, topics and functions, and in reports. */
    String label() {
        return label;
    }

    String group() {
        return "proof-" + label;
    }

    String deadLetters() {
        return "orders-" + label + "-dlt";
    }
}
