package dev.kafila.failure;

/** What kind of failure an outcome is; the labels are those of the contracts and of the header {@code kafila.error.kind}. */
public enum FailureKind {
    /** The function ran and failed. */
    FUNCTION_ERROR("function error"),
    /** A quota is used up for now. */
    THROTTLE("throttle"),
    /** May be over by itself. */
    TRANSIENT("transient"),
    /** Does not fit into a request. */
    TOO_LARGE("too large"),
    /** Will fail again. */
    PERMANENT("permanent"),
    /** Somebody has to put something right, which is no fault of the records. */
    CONFIGURATION("configuration");

    private final String label;

    FailureKind(String label) {
        this.label = label;
    }

    public String label() {
        return label;
    }
}
