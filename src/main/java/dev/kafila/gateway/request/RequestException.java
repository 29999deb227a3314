package dev.kafila.gateway.request;

/** A request that was not published, with what its sender is told. The message may repeat the request, so it goes to the sender only, never to a log. */
public final class RequestException extends Exception {
    private static final long serialVersionUID = 1;

    private final int status;

    /** @param status of HTTP: 400 to 499 if the request has to change, 500 to 599 if it may be sent again as it is */
    public RequestException(int status, String message) {
        super(message);
        this.status = status;
    }

    /** @param cause for who looks for the reason; its message may be logged, so it must not hold the request */
    public RequestException(int status, String message, Throwable cause) {
        super(message, cause);
        this.status = status;
    }

    public int status() {
        return status;
    }
}
