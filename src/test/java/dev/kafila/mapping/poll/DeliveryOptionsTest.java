package dev.kafila.mapping.poll;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.lambda.model.EventSourceMappingConfiguration;
import software.amazon.awssdk.services.lambda.model.Filter;
import software.amazon.awssdk.services.lambda.model.FunctionResponseType;

class DeliveryOptionsTest {

    /** AWS counts retries, the sink requests. */
    @ParameterizedTest
    @CsvSource({
        "-1, -1, , 2147483647, retry, ",
        " , , , 2147483647, retry, ",
        "0, -1, , 1, drop, ",
        "3, -1, , 4, drop, ",
        "-1, 60, , 2147483647, drop, 60s",
        "-1, -1, arn:aws:sqs:eu-west-1:123456789012:lost, 11, dead-letter, ",
        "2, 60, arn:aws:sqs:eu-west-1:123456789012:lost, 3, dead-letter, 60s",
    })
    void retriesAgeAndDestinationTellWhatBecomesOfARecord(
            Integer retries, Integer age, String destination, String attempts, String onFailure, String maxAge) {
        Map<String, Object> options = options(configuration -> {
            configuration.maximumRetryAttempts(retries).maximumRecordAgeInSeconds(age);
            if (destination != null) {
                configuration.destinationConfig(config -> config.onFailure(to -> to.destination(destination)));
            }
        });

        assertThat(options).containsEntry("maxAttempts", attempts).containsEntry("onFailure", onFailure);
        assertThat(options.get("maxRecordAge")).isEqualTo(maxAge);
    }

    @Test
    void whatTheFunctionSupportsIsHandedOn() {
        Map<String, Object> options = options(configuration -> configuration
                .bisectBatchOnFunctionError(true)
                .functionResponseTypes(FunctionResponseType.REPORT_BATCH_ITEM_FAILURES)
                .eventSourceArn("arn:aws:kafka:eu-west-1:123456789012:cluster/orders/1")
                .filterCriteria(criteria -> criteria.filters(
                        Filter.builder().pattern("{\"value\":[\"a\"]}").build(),
                        Filter.builder().pattern("{\"value\":[\"b\"]}").build())));

        assertThat(options)
                .containsEntry("bisect", "true")
                .containsEntry("reportBatchItemFailures", "true")
                .containsEntry("eventSourceArn", "arn:aws:kafka:eu-west-1:123456789012:cluster/orders/1")
                .containsEntry("filter", "[\"{\\\"value\\\":[\\\"a\\\"]}\",\"{\\\"value\\\":[\\\"b\\\"]}\"]");
    }

    @Test
    void whatAMappingDoesNotSayIsLeftOut() {
        assertThat(options(configuration -> {}))
                .containsEntry("bisect", "false")
                .containsEntry("reportBatchItemFailures", "false")
                .containsEntry("eventSourceArn", "")
                .containsEntry("filter", "")
                .containsEntry("brokers", "one:9092,two:9092")
                .containsEntry("format", "esm")
                .doesNotContainKey("maxRecordAge");
    }

    private static Map<String, Object> options(Consumer<EventSourceMappingConfiguration.Builder> more) {
        return DeliveryOptions.of(PollerFixture.mapping("one:9092", "orders", "orders", more), "one:9092,two:9092");
    }
}
