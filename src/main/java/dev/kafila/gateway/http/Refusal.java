package dev.kafila.gateway.http;

import dev.kafila.gateway.request.RequestException;
import java.util.Arrays;

/** What a request is told that does not get to a route. */
enum Refusal {
    UNREADABLE(400, "The request cannot be read"),
    NO_PATH(404, "There is POST / and POST /topics/{topic}; GET /openapi.json describes them"),
    WRONG_METHOD(405, "This path is not for this method"),
    TOO_SLOW(408, "The body did not arrive in time"),
    TOO_LARGE(413, "The body is too long"),
    LONG_PATH(414, "The path is too long"),
    WRONG_TYPE(415, "Content-Type must be application/json, in UTF-8 and without Content-Encoding"),
    UNKNOWN_EXPECTATION(417, "Only 100-continue can be expected"),
    LONG_HEADERS(431, "The headers are too long"),
    BROKEN(500, "Error message: the request failed; the log of Kafila says why"),
    LATE(500, "Error message: no answer in time; whether the record was written is not known"),
    BUSY(503, "Too many requests at once: try again"),
    STOPPING(503, "This instance is stopping: try again");

    private final int status;
    private final String message;

    Refusal(int status, String message) {
        this.status = status;
        this.message = message;
    }

    /** The one that a status of HTTP stands for. */
    static Refusal of(int status) {
        return Arrays.stream(values())
                .filter(refusal -> refusal.status == status)
                .findFirst()
                .orElse(BROKEN);
    }

    int status() {
        return status;
    }

    RequestException exception() {
        return exception(message);
    }

    /** With more to say than is always the case. */
    RequestException exception(String more) {
        return new RequestException(status, more);
    }
}
