package dev.kafila.settings;

import java.util.List;

/**
 * What the process itself needs to know of requests into Kafka; the route takes the rest as properties.
 *
 * @param topics       that may be written to; none: the route does not exist
 * @param http         whether requests come over HTTP, too
 * @param port         0: a free one
 * @param maxBodyBytes of one HTTP request
 */
public record GatewaySettings(List<String> topics, boolean http, String host, int port, long maxBodyBytes) {

    static GatewaySettings of(Values values) {
        String topics = values.text(GatewayKeys.PREFIX + "topics");
        return new GatewaySettings(
                topics.isEmpty() ? List.of() : Types.entries(topics),
                values.flag(GatewayKeys.PREFIX + "http"),
                values.text(GatewayKeys.PREFIX + "host"),
                values.integer(GatewayKeys.PREFIX + "port"),
                values.size(GatewayKeys.PREFIX + "max-body-bytes"));
    }

    /** Whether the route exists. */
    public boolean enabled() {
        return !topics.isEmpty();
    }

    /** Whether there is a server to start. */
    public boolean serves() {
        return enabled() && http;
    }
}
