package dev.kafila.gateway.http;

import java.time.Duration;

/**
 * How long the server waits for clients and for itself.
 *
 * @param idle   for the next request of a connection, up to the end of its headers; longer than the 60 s and 90 s for which load balancers
 *               and Go's client (KrakenD) keep one, so that these close it first
 * @param body   for all of a request's body
 * @param linger for the rest of a body after its request was refused
 * @param grace  for the route to answer after {@code kafila.gateway.timeout}, by which it should
 */
record Limits(Duration idle, Duration body, Duration linger, Duration grace) {
    static final Limits DEFAULT =
            new Limits(Duration.ofSeconds(120), Duration.ofSeconds(30), Duration.ofSeconds(5), Duration.ofSeconds(5));
}
