package dev.kafila.settings;

import dev.kafila.aws.AwsSettings;
import java.time.Duration;

/**
 * What the process itself needs to know of the route {@code kafka-to-eventbridge}; the route takes the rest as properties.
 *
 * @param topics      none: the route does not exist
 * @param timeout     of one request
 * @param maxInFlight requests that may be out at once
 * @param offloads    whether values may go to S3 instead
 * @param aws         the route's own settings over the common ones
 */
public record EventBridgeSettings(Topics topics, Duration timeout, int maxInFlight, boolean offloads, AwsSettings aws) {

    static EventBridgeSettings of(Values values) {
        return new EventBridgeSettings(
                values.topics(EventBridgeKeys.PREFIX + "topics"),
                values.duration(EventBridgeKeys.PREFIX + "timeout"),
                values.integer(EventBridgeKeys.PREFIX + "max-in-flight"),
                !values.text(EventBridgeKeys.PREFIX + "offload.bucket").isEmpty(),
                new RouteAws(values, EventBridgeKeys.PREFIX + "aws.").settings());
    }

    /** Whether the route exists. */
    public boolean enabled() {
        return !topics.isEmpty();
    }
}
