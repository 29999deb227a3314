package dev.kafila.faults.proof;

/** A way from the topic to AWS. Each has a group and a topic of dead letters of its own. */
enum Flow {
    LAMBDA("lambda"),
    EVENTBRIDGE("eventbridge"),
    MAPPING("mapping");

    private final String label;

    Flow(String label) {
        this.label = label;
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
