package dev.kafila.faults.proof;

import java.util.ArrayList;
import java.util.List;

/** Every request that reached the endpoint, in the order in which they arrived. Safe for use by several threads. */
final class Journal {
    private final List<Exchange> exchanges = new ArrayList<>();

    synchronized void add(Exchange exchange) {
        exchanges.add(exchange);
    }

    synchronized List<Exchange> exchanges() {
        return List.copyOf(exchanges);
    }
}
