package dev.kafila.settings;

import dev.kafila.aws.AwsSettings;
import dev.kafila.lambda.Functions;
import java.time.Duration;

/**
 * What the process itself needs to know of the route {@code kafka-to-lambda}; the route takes the rest as properties.
 *
 * @param topics      none: the route does not exist
 * @param functions   null without topics
 * @param qualifier   may be null
 * @param timeout     of one call
 * @param maxInFlight calls that may be out at once
 * @param validate    whether function and permission are checked at start
 * @param aws         the route's own settings over the common ones
 */
public record LambdaSettings(
        Topics topics,
        Functions functions,
        String qualifier,
        Duration timeout,
        int maxInFlight,
        boolean validate,
        AwsSettings aws) {

    static LambdaSettings of(Values values) {
        return new LambdaSettings(
                values.topics(LambdaKeys.PREFIX + "topics"),
                values.get(LambdaKeys.PREFIX + "function", Functions.class),
                values.get(LambdaKeys.PREFIX + "qualifier", String.class),
                values.duration(LambdaKeys.PREFIX + "timeout"),
                values.integer(LambdaKeys.PREFIX + "max-in-flight"),
                values.flag(LambdaKeys.PREFIX + "validate"),
                new RouteAws(values, LambdaKeys.PREFIX + "aws.").settings());
    }

    /** Whether the route exists. */
    public boolean enabled() {
        return !topics.isEmpty();
    }
}
