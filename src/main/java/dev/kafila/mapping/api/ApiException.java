package dev.kafila.mapping.api;

/** A request is answered with an error; its message is meant for whoever sent it. */
final class ApiException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ApiError error;

    ApiException(ApiError error, String message) {
        super(message);
        this.error = error;
    }

    ApiException(ApiError error, String message, Throwable cause) {
        super(message, cause);
        this.error = error;
    }

    ApiError error() {
        return error;
    }
}
