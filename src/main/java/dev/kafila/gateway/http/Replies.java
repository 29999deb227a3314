package dev.kafila.gateway.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.kafila.gateway.request.Answer;
import dev.kafila.gateway.request.RequestException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;

/** Writes answers as HTTP has them. */
final class Replies {
    static final String JSON = "application/json";

    private static final ObjectWriter ANSWER = JsonMapper.builder().build().writerFor(Answer.class);
    private static final String RETRY_SECONDS = "1";
    private static final int UNKNOWN_SENDER = 401;
    private static final int BUSY = 503;

    private Replies() {}

    static byte[] json(RequestException refusal) {
        try {
            return ANSWER.writeValueAsBytes(Answer.refused(refusal));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("An answer is made of numbers and texts", e);
        }
    }

    static void refuse(HttpServerRequest request, RequestException refusal) {
        if (!request.isEnded()) {
            // What else is sent is thrown away, but not for long.
            request.response().putHeader("connection", "close");
        }
        write(request.response(), refusal.status(), JSON, json(refusal));
    }

    /** Nothing if it was answered before, or nobody is there any more. */
    static void write(HttpServerResponse response, int status, String type, byte[] body) {
        if (response.ended() || response.closed()) {
            return;
        }
        if (status == UNKNOWN_SENDER) {
            response.putHeader("www-authenticate", "Bearer");
        } else if (status == BUSY) {
            response.putHeader("retry-after", RETRY_SECONDS);
        }
        response.setStatusCode(status).putHeader("content-type", type).end(Buffer.buffer(body));
    }
}
