package dev.kafila.settings;

import java.time.Duration;
import java.util.List;

/**
 * What the process itself needs to know of requests into Kafka; the route takes the rest as properties. Holds secrets.
 *
 * @param topics      that may be written to; none: the route does not exist
 * @param timeout     of one request, once it is read
 * @param maxInFlight requests at once
 */
public record GatewaySettings(List<String> topics, Duration timeout, int maxInFlight, Http http) {

    /**
     * Where requests come over HTTP, and from whom.
     *
     * @param enabled      whether they do
     * @param port         0: a free one
     * @param maxBodyBytes of one request
     * @param apiKeys      one of which each request brings; none: nobody is asked
     */
    public record Http(boolean enabled, String host, int port, long maxBodyBytes, List<String> apiKeys) {
        /** Names no key. */
        @Override
        public String toString() {
            return "Http[enabled=" + enabled + ", host=" + host + ", port=" + port + ", maxBodyBytes=" + maxBodyBytes
                    + ", apiKeys=" + apiKeys.size() + "]";
        }
    }

    static GatewaySettings of(Values values) {
        return new GatewaySettings(
                entries(values, "topics"),
                values.duration(GatewayKeys.PREFIX + "timeout"),
                values.integer(GatewayKeys.PREFIX + "max-in-flight"),
                new Http(
                        values.flag(GatewayKeys.PREFIX + "http"),
                        values.text(GatewayKeys.PREFIX + "host"),
                        values.integer(GatewayKeys.PREFIX + "port"),
                        values.size(GatewayKeys.PREFIX + "max-body-bytes"),
                        entries(values, "api-keys")));
    }

    private static List<String> entries(Values values, String name) {
        String text = values.text(GatewayKeys.PREFIX + name);
        return text.isEmpty() ? List.of() : Types.entries(text);
    }

    /** Whether the route exists. */
    public boolean enabled() {
        return !topics.isEmpty();
    }

    /** Whether there is a server to start. */
    public boolean serves() {
        return enabled() && http.enabled();
    }
}
