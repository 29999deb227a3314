package dev.kafila.gateway.request;

import java.util.List;

/**
 * What came in at once.
 *
 * @param batch whether it was an array, and is answered by one
 * @param items in the order of the array; one, if it was none
 */
public record Requests(boolean batch, List<Item> items) {

    /** One of both is null. */
    public record Item(PublishRequest request, RequestException refusal) {}
}
