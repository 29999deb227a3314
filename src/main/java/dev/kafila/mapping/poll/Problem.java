package dev.kafila.mapping.poll;

/**
 * Why a mapping does not run, in AWS's words.
 *
 * @param reason {@code StateTransitionReason}; null if it is none of the mapping's own making, and may be over by itself
 * @param result {@code LastProcessingResult}
 */
record Problem(String reason, String result) {
    static final Problem CONNECTION = new Problem(
            null,
            "PROBLEM: Connection error. Please check your event source connection configuration: no broker answers, or"
                    + " none that coordinates the consumer group.");

    static final Problem INVALID_KEY = configuration("Provided certificate or private key is invalid.");

    static final Problem REFUSED = configuration("Kafka refuses the client's configuration.");

    static final Problem NO_TOPIC = configuration("The topic does not exist.");

    /** Something of the mapping, or of what it names, is not right. */
    static Problem configuration(String what) {
        return new Problem("ESM_CONFIG_NOT_VALID", "PROBLEM: " + what);
    }

    static Problem authentication(String what) {
        return new Problem("EVENT_SOURCE_AUTHN_ERROR", "PROBLEM: " + what);
    }

    static Problem authorization() {
        return new Problem("EVENT_SOURCE_AUTHZ_ERROR", "PROBLEM: Cluster failed to authorize Lambda.");
    }

    /** @param code of AWS's refusal */
    static Problem function(String code) {
        return new Problem("FUNCTION_CONFIG_NOT_VALID", "PROBLEM: Function call failed: " + code);
    }
}
