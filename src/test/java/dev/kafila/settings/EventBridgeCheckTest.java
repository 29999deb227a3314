package dev.kafila.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventBridgeCheckTest {
    private static final String P = "kafila.eventbridge.";

    @Test
    void aRouteNeedsTopicsAndABusAndNothingElse() {
        assertThat(Given.aBus().problems()).isEmpty();
        assertThat(Given.nothing().file(P + "topics", "orders").problems())
                .containsExactly(P + "bus: is required, because " + P + "topics is set");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "bus|two words|an event bus's name or ARN",
                "bus|arn:aws:events:eu-west-1:123456789012:rule/orders|an event bus's name or ARN",
                "endpoint-id|abcde|the ID of a global endpoint",
                "connector-id|a b|A-Z a-z 0-9",
                "source|aws.orders|must not begin with aws.",
                "header-types|guess|string, connect",
                "ordered|yes|true or false",
                "rate-limit|0|from 1 to",
                "payload-limit|1|from 1 KiB",
                "offload.bucket|Orders|the name of an S3 bucket",
                "offload.when|always|has no effect without kafila.eventbridge.offload.bucket",
                "offload.path|$.detail.value.document|has no effect without kafila.eventbridge.offload.bucket",
                "buffer-bytes|1 MiB|must hold at least one batch: kafila.eventbridge.batch-bytes is 5 MiB",
                "retry-delay|2m|must not be longer than kafila.eventbridge.retry-delay-max",
                "on-failure|dead-letter|dead-letter",
                "dead-letter|kafka:orders|is a topic that the route reads",
                "drain-timeout|10m|must be below half of max.poll.interval.ms"
            })
    void whatDoesNotFitIsRefusedByItsKey(String name, String value, String problem) {
        assertThat(Given.aBus().file(P + name, value).problems())
                .singleElement()
                .asString()
                .contains(P, problem);
    }

    @ParameterizedTest
    @CsvSource({"batch, false", "bisect, true"})
    void whatMakesNoSenseHereIsNoSettingOfTheRoute(String name, String value) {
        assertThat(Given.aBus().file(P + name, value).problems())
                .singleElement()
                .asString()
                .contains(P + name);
    }

    @Test
    void anotherRoutesShortPollIntervalIsNoConcernOfARouteThatIsOff() {
        Given lambda = Given.aRoute()
                .file("kafila.kafka.properties.max.poll.interval.ms", "10000")
                .file("kafila.kafka.properties.session.timeout.ms", "6000")
                .file("kafila.lambda.drain-timeout", "2s");

        assertThat(lambda.problems()).isEmpty();
        assertThat(lambda.file(P + "topics", "orders").file(P + "bus", "orders").problems())
                .singleElement()
                .asString()
                .startsWith(P + "drain-timeout");
    }

    @Test
    void theRouteHasItsOwnWayToAwsAndTheCommonOneWhereItSaysNothing() {
        Map<String, String> camel = Given.aBus()
                .file("kafila.aws.region", "eu-west-1")
                .file(P + "aws.profile", "events")
                .load()
                .camelProperties();

        assertThat(camel)
                .containsEntry(P + "aws.region", "eu-west-1")
                .containsEntry(P + "aws.profile", "events")
                .containsEntry(P + "topic-names", "orders")
                .containsEntry(P + "consumer-on-failure", "stop-partition");
    }
}
