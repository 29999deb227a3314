package dev.kafila.settings;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AnswersCheckTest {

    @Test
    void whatGoesTogetherIsTaken() {
        assertThat(Given.aRoute()
                        .file("kafila.lambda.response-topic", "answers")
                        .file("kafila.lambda.response-topic-partitions", "6")
                        .file("kafila.lambda.error-topic", "errors")
                        .file("kafila.lambda.error-topic-replication", "3")
                        .file("kafila.lambda.reporter-brokers", "other.example:9092")
                        .file("kafila.lambda.reporter.security.protocol", "SSL")
                        .file("kafila.lambda.report-batch-item-failures", "true")
                        .file("kafila.lambda.max-record-age", "24h")
                        .problems())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"response-topic, answers", "error-topic, errors", "report-batch-item-failures, true"})
    void anAsynchronousCallHasNoAnswerToReport(String name, String value) {
        assertThat(Given.aRoute()
                        .file("kafila.lambda.invocation-type", "async")
                        .file("kafila.lambda." + name, value)
                        .problems())
                .singleElement()
                .asString()
                .startsWith("kafila.lambda." + name + " (./application.properties): needs the function's answer, which"
                        + " AWS does not give with kafila.lambda.invocation-type=async");
    }

    @ParameterizedTest
    @CsvSource({
        "response-topic-partitions, response-topic",
        "response-topic-replication, response-topic",
        "error-topic-partitions, error-topic",
        "error-topic-replication, error-topic"
    })
    void theSizeOfATopicThatIsNotNamedHasNoEffect(String size, String topic) {
        assertThat(Given.aRoute().file("kafila.lambda." + size, "3").problems())
                .containsExactly("kafila.lambda." + size + " (./application.properties): has no effect without"
                        + " kafila.lambda." + topic);
    }

    @ParameterizedTest
    @CsvSource({"reporter-brokers, other.example:9092", "reporter.security.protocol, SSL"})
    void aReporterWithoutATopicHasNoEffect(String name, String value) {
        assertThat(Given.aRoute().file("kafila.lambda." + name, value).problems())
                .containsExactly("kafila.lambda." + name + " (./application.properties): has no effect without"
                        + " kafila.lambda.response-topic or kafila.lambda.error-topic");
    }

    @ParameterizedTest
    @ValueSource(strings = {"response-topic", "error-topic"})
    void aTopicThatTheRouteReadsGetsNoReportsOnTheSameCluster(String topic) {
        Given given = Given.aRoute()
                .file("kafila.kafka.brokers", "b-1.example:9092,b-2.example:9092")
                .file("kafila.lambda." + topic, "orders");
        String problem = "kafila.lambda." + topic + " (./application.properties): is a topic that the route reads:"
                + " what is written there would come back to it for ever";

        assertThat(given.problems()).containsExactly(problem);
        assertThat(given.file("kafila.lambda.reporter-brokers", "b-3.example:9092, b-2.example:9092")
                        .problems())
                .containsExactly(problem);
        assertThat(given.file("kafila.lambda.reporter-brokers", "other.example:9092")
                        .problems())
                .isEmpty();
    }

    @Test
    void whoeverTriesForEverGivesNothingUpForItsAge() {
        Given given = Given.aRoute().file("kafila.lambda.max-record-age", "24h");

        assertThat(given.problems()).isEmpty();
        assertThat(given.file("kafila.lambda.on-failure", "retry").problems())
                .containsExactly("kafila.lambda.max-record-age (./application.properties): gives records up as"
                        + " kafila.lambda.on-failure says, and retry never does; use drop");
    }
}
