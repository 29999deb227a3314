package dev.kafila.gateway.publish;

/** A record that was not acknowledged, though nothing is wrong with its request. The message holds nothing of the request but its topic. */
final class PublishFailedException extends Exception {
    private static final long serialVersionUID = 1;

    PublishFailedException(String reason) {
        super(reason);
    }

    PublishFailedException(String reason, Throwable cause) {
        super(reason, cause);
    }
}
