package dev.kafila.faults.proof;

/** What a schedule can do to the flows. */
enum FaultKind {
    KILL,
    FREEZE,
    JOIN,
    LEAVE,
    BROKER_AWAY,
    ENDPOINT_DOWN,
    ENDPOINT_HANGS,
    ENDPOINT_RESETS,
    ENDPOINT_TRUNCATES,
    THROTTLE,
    THROTTLE_WITH_RETRY_AFTER,
    SERVER_ERRORS,
    FUNCTION_ERRORS,
    PARTIAL_FAILURES,
    SLOW_FUNCTION,
    DEAD_LETTERS_UNWRITABLE,
    SKEWED_CLOCK,
    ROUTE_EDITED;

    /** Whether it is done to instances or the broker, one of which is done to at a time. */
    boolean isOfProcesses() {
        return switch (this) {
            case KILL, FREEZE, JOIN, LEAVE, BROKER_AWAY, ROUTE_EDITED -> true;
            default -> false;
        };
    }
}
