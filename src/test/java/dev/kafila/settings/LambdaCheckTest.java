package dev.kafila.settings;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LambdaCheckTest {

    @Test
    void aRouteWithoutFunctionIsRefused() {
        assertThat(Given.nothing().file("kafila.lambda.topics", "orders").problems())
                .containsExactly("kafila.lambda.function: is required, because kafila.lambda.topics is set");
    }

    @Test
    void aFunctionThatIsWrongIsNotCalledMissingToo() {
        assertThat(Given.aRoute().file("kafila.lambda.function", "my function").problems())
                .hasSize(1);
    }

    @Test
    void aQualifierInTheArnAndOneBesidesIsRefused() {
        String arn = "arn:aws:lambda:eu-central-1:123456789012:function:orders";
        Given given = Given.aRoute().file("kafila.lambda.qualifier", "live");

        assertThat(given.file("kafila.lambda.function", arn).problems()).isEmpty();
        assertThat(given.file("kafila.lambda.function", arn + ":12").problems())
                .singleElement()
                .asString()
                .contains("kafila.lambda.qualifier (./application.properties): is already part of");
        assertThat(given.file("kafila.lambda.function", "orders:12").problems()).hasSize(1);
    }

    @Test
    void aQualifierBesidesAMapIsForTheFunctionsThatHaveNone() {
        Given given = Given.nothing().file("kafila.lambda.topics", "orders,a").file("kafila.lambda.qualifier", "live");

        assertThat(given.file("kafila.lambda.function", "orders=f:12,a=g").problems())
                .isEmpty();
        assertThat(given.file("kafila.lambda.function", "orders=f:12,a=g:7").problems())
                .singleElement()
                .asString()
                .contains("is already part of");
    }

    @Test
    void everyTopicHasToHaveAFunctionAndEveryFunctionATopic() {
        Given given = Given.nothing()
                .file("kafila.lambda.topics", "orders,customers,a.b")
                .file("kafila.lambda.function", "orders=f,custmers=g,a.b=h-${topic}");

        assertThat(given.problems())
                .satisfiesExactly(
                        missing -> assertThat(missing)
                                .startsWith("kafila.lambda.function (./application.properties):"
                                        + " Topic customers has no function"),
                        impossible -> assertThat(impossible).contains("h-a.b is not a name that Lambda allows"),
                        typo -> assertThat(typo).contains("Topic custmers has a function and is not consumed"));
    }

    @Test
    void ofAPatternOnlyTheTypingErrorsAreKnown() {
        Given given = Given.nothing().file("kafila.lambda.topics", "/orders-.*/");

        assertThat(given.file("kafila.lambda.function", "orders-eu=f").problems())
                .isEmpty();
        assertThat(given.file("kafila.lambda.function", "order-eu=f,*=g").problems())
                .singleElement()
                .asString()
                .contains("Topic order-eu has a function and is not consumed");
    }

    @Test
    void aBatchSizeWithoutBatchesIsRefused() {
        Given given = Given.aRoute().file("kafila.lambda.batch", "false");

        assertThat(given.problems()).isEmpty();
        assertThat(given.file("kafila.lambda.batch-size", "50").problems())
                .containsExactly("kafila.lambda.batch-size (./application.properties):"
                        + " has no effect with kafila.lambda.batch=false; remove one of them");
    }

    @Test
    void aBatchThatNoRequestCanHoldIsRefused() {
        Given given = Given.aRoute().file("kafila.lambda.batch-bytes", "7 MiB");

        assertThat(given.problems())
                .containsExactly(
                        "kafila.lambda.batch-bytes (./application.properties): must not be more than one request"
                                + " holds: kafila.lambda.payload-limit is 6291556");
        assertThat(given.file("kafila.lambda.payload-limit", "7 MiB").problems())
                .isEmpty();
    }

    @Test
    void theDefaultOfTheBatchYieldsToASmallerRequestHoweverItIsWritten() {
        Given given = Given.aRoute().file("kafila.lambda.invocation-type", "async");

        assertThat(given.problems()).isEmpty();
        assertThat(given.file("kafila.lambda.batch-bytes", "5242880").problems())
                .isEmpty();
        assertThat(given.property("kafila.lambda.batch-bytes")).isEqualTo("1048576");
    }

    @Test
    void aBufferThatHoldsNoBatchIsRefused() {
        assertThat(Given.aRoute().file("kafila.lambda.buffer-bytes", "2 MiB").problems())
                .containsExactly("kafila.lambda.buffer-bytes (./application.properties): must hold at least one batch:"
                        + " kafila.lambda.batch-bytes is 5 MiB");
    }

    @Test
    void aFirstDelayThatIsLongerThanTheLongestIsRefused() {
        assertThat(Given.aRoute().file("kafila.lambda.retry-delay-max", "100ms").problems())
                .singleElement()
                .asString()
                .isEqualTo("kafila.lambda.retry-delay (default): must not be longer than kafila.lambda.retry-delay-max,"
                        + " which is 100ms");
    }

    @Test
    void aDrainThatWouldOutlastTheMembershipIsRefused() {
        Given given = Given.aRoute().file("kafila.lambda.drain-timeout", "5s");

        assertThat(given.file("kafila.kafka.properties.max.poll.interval.ms", "10001")
                        .problems())
                .isEmpty();
        assertThat(given.file("kafila.kafka.properties.max.poll.interval.ms", "10000")
                        .problems())
                .containsExactly("kafila.lambda.drain-timeout (./application.properties): must be below half of"
                        + " max.poll.interval.ms, which is 10000ms");
        assertThat(Given.aRoute().file("kafila.lambda.drain-timeout", "150s").problems())
                .hasSize(1);
    }

    @Test
    void deadLettersNeedAPlaceToGo() {
        assertThat(Given.aRoute()
                        .file("kafila.lambda.on-failure", "dead-letter")
                        .problems())
                .containsExactly(
                        "kafila.lambda.dead-letter: is required, because kafila.lambda.on-failure is dead-letter;"
                                + " such as kafka:orders-dlt");
    }

    @Test
    void aTopicIsNotItsOwnDeadLetterTopic() {
        Given given = Given.aRoute().file("kafila.lambda.topics", "orders,returns");
        String problem = "kafila.lambda.dead-letter (./application.properties): is a topic that the route reads:"
                + " its dead letters would come back to it for ever";

        assertThat(given.file("kafila.lambda.dead-letter", "kafka:orders-dlt").problems())
                .isEmpty();
        assertThat(given.file("kafila.lambda.dead-letter", "kafka:returns").problems())
                .containsExactly(problem);
        assertThat(given.file("kafila.lambda.dead-letter", "kafka://returns?lingerMs=5")
                        .problems())
                .containsExactly(problem);
        assertThat(given.file("kafila.lambda.dead-letter", "kafka:returns?brokers=other.example:9092")
                        .problems())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"dead-letter-partitions", "dead-letter-replication"})
    void onlyATopicHasPartitionsAndReplicas(String size) {
        Given given = Given.aRoute().file("kafila.lambda." + size, "2");
        String problem = "kafila.lambda." + size
                + " (./application.properties): has no effect unless kafila.lambda.dead-letter is a topic, such as kafka:orders-dlt";

        assertThat(given.problems()).containsExactly(problem);
        assertThat(given.file("kafila.lambda.dead-letter", "file:dead-letters").problems())
                .containsExactly(problem);
        assertThat(given.file("kafila.lambda.dead-letter", "kafka:orders-dlt").problems())
                .isEmpty();
    }

    @Test
    void aPatternDoesNotMatchItsOwnDeadLetterTopic() {
        Given given = Given.aRoute()
                .file("kafila.lambda.topics", "/orders-.*/")
                .file("kafila.lambda.dead-letter", "kafka:orders-dlt");

        assertThat(given.problems()).hasSize(1);
        assertThat(given.file("kafila.lambda.topics", "/orders-(?!dlt).*/").problems())
                .isEmpty();
    }
}
