package dev.kafila.mapping.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

/**
 * What a request is answered with.
 *
 * @param status    of HTTP
 * @param errorType null: it is no error
 * @param body      null: none
 */
record ApiAnswer(int status, String errorType, JsonNode body) {

    static ApiAnswer of(int status, JsonNode body) {
        return new ApiAnswer(status, null, body);
    }

    static ApiAnswer of(ApiError error, String message) {
        return new ApiAnswer(
                error.status(),
                error.type(),
                JsonNodeFactory.instance.objectNode().put("Type", "User").put(error.messageMember(), message));
    }
}
