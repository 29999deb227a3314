package dev.kafila.mapping.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;

/** Requests as they are on the wire, which a client of AWS would not send, and answers as it would not show them. */
final class RawHttp {
    static final String MAPPINGS = "/2015-03-31/event-source-mappings/";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final URI endpoint;

    RawHttp(URI endpoint) {
        this.endpoint = endpoint;
    }

    record Reply(int status, String errorType, JsonNode body, HttpResponse<String> raw) {

        /** What it says, in whichever member. */
        String message() {
            return body.path("message").asText() + body.path("Message").asText();
        }

        /** That it is about a wrong parameter, with all of this in the message. */
        void requireRefusal(String... said) {
            assertThat(errorType).as("%s", body).isEqualTo("InvalidParameterValueException");
            assertThat(status).isEqualTo(400);
            assertThat(message()).contains(said);
        }
    }

    Reply get(String path) {
        return send(request(path).GET());
    }

    Reply post(String body) {
        return send("POST", MAPPINGS, body);
    }

    Reply put(String uuid, String body) {
        return send("PUT", MAPPINGS + uuid, body);
    }

    Reply send(String method, String path, String body) {
        return send(request(path).method(method, HttpRequest.BodyPublishers.ofString(body)));
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(endpoint.resolve(path));
    }

    Reply send(HttpRequest.Builder request) {
        return sendAsync(request).join();
    }

    CompletableFuture<Reply> sendAsync(HttpRequest.Builder request) {
        return CLIENT.sendAsync(request.build(), HttpResponse.BodyHandlers.ofString())
                .thenApply(response -> new Reply(
                        response.statusCode(),
                        response.headers().firstValue("x-amzn-ErrorType").orElse(null),
                        json(response.body()),
                        response));
    }

    static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError(text, e);
        }
    }
}
