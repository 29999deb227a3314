package dev.kafila.gateway.request;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;

/**
 * What the sender of a request is told, as JSON.
 *
 * @param status    of HTTP; a string in JSON, as the original has it
 * @param message   {@code ok}, or what is wrong
 * @param topic     where the record is; null unless it was asked for, or if there is none
 * @param partition null with the topic
 * @param offset    null with the topic
 */
@JsonPropertyOrder({"statusCode", "message", "topic", "partition", "offset"})
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Answer(
        @JsonProperty("statusCode") @JsonFormat(shape = JsonFormat.Shape.STRING)
        int status,

        String message,
        String topic,
        Integer partition,
        Long offset) {

    /** Of a request that nothing is wrong with; the reason holds nothing of it but its topic. */
    public static Answer failed(String reason) {
        return new Answer(500, "Error message: " + reason, null, null, null);
    }

    public static Answer refused(RequestException refusal) {
        return new Answer(refusal.status(), refusal.getMessage(), null, null, null);
    }
}
