package dev.kafila.mapping.poll;

import dev.kafila.filter.FilterPatterns;
import dev.kafila.mapping.FunctionArn;
import dev.kafila.mapping.Mapping;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.lambda.model.EventSourceMappingConfiguration;
import software.amazon.awssdk.services.lambda.model.Filter;
import software.amazon.awssdk.services.lambda.model.FunctionResponseType;

/** What a mapping says about delivery, as the parameters of the sink for Lambda; null is none of them. */
final class DeliveryOptions {
    /** With a destination and no number of its own, as AWS does. */
    private static final int RETRIES_WITH_DESTINATION = 10;

    private DeliveryOptions() {}

    /**
     * The parameters of one mapping's sink.
     *
     * @param brokers as the event names them
     */
    static Map<String, Object> of(Mapping mapping, String brokers) {
        EventSourceMappingConfiguration configuration = mapping.configuration();
        Map<String, Object> options = new HashMap<>();
        options.put("function", FunctionArn.toCall(configuration.functionArn()));
        // It is found out by the first call, so that a mapping whose function is gone heals like any other.
        options.put("validate", "false");
        options.put("format", "esm");
        options.put("brokers", brokers);
        options.put(
                "eventSourceArn",
                Optional.ofNullable(configuration.eventSourceArn()).orElse(""));
        options.put("route", MappingRoute.id(mapping.uuid()));
        options.put("bisect", String.valueOf(Boolean.TRUE.equals(configuration.bisectBatchOnFunctionError())));
        options.put(
                "reportBatchItemFailures",
                String.valueOf(configuration
                        .functionResponseTypes()
                        .contains(FunctionResponseType.REPORT_BATCH_ITEM_FAILURES)));
        options.put("filter", filter(configuration));
        retries(configuration, options);
        return options;
    }

    private static void retries(EventSourceMappingConfiguration configuration, Map<String, Object> options) {
        boolean destination = hasDestination(configuration);
        boolean aged = isSet(configuration.maximumRecordAgeInSeconds());
        boolean counted = isSet(configuration.maximumRetryAttempts());
        int retries = counted
                ? configuration.maximumRetryAttempts()
                : destination ? RETRIES_WITH_DESTINATION : Integer.MAX_VALUE - 1;
        // A function that is throttled is not one that fails,
        // https://docs.aws.amazon.com/lambda/latest/dg/kafka-retry-configurations.html
        options.put("attempts", "function-errors");
        options.put("maxAttempts", String.valueOf(retries + 1));
        if (aged) {
            options.put("maxRecordAge", configuration.maximumRecordAgeInSeconds() + "s");
        }
        // Nor does AWS let a record hold its partition for ever that is too large for any event, or not of its schema.
        options.put("onUnsendable", destination ? "fail" : "drop");
        options.put("onFailure", destination ? "dead-letter" : counted || aged ? "drop" : "retry");
    }

    /** AWS says -1 for a number without bounds. */
    private static boolean isSet(Integer number) {
        return number != null && number >= 0;
    }

    static boolean hasDestination(EventSourceMappingConfiguration configuration) {
        return configuration.destinationConfig() != null
                && configuration.destinationConfig().onFailure() != null
                && configuration.destinationConfig().onFailure().destination() != null
                && !configuration.destinationConfig().onFailure().destination().isEmpty();
    }

    private static String filter(EventSourceMappingConfiguration configuration) {
        return configuration.filterCriteria() == null
                ? ""
                : FilterPatterns.option(configuration.filterCriteria().filters().stream()
                        .map(Filter::pattern)
                        .toList());
    }
}
