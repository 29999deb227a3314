package dev.kafila.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TypesTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 | 0",
                "500ms | 500",
                "30s | 30000",
                "30 s | 30000",
                "5m | 300000",
                "1h | 3600000",
                "45m30s | 2730000",
                "PT5S | 5000",
                "PT0.25S | 250"
            })
    void aDurationHasAUnit(String text, String millis) {
        assertThat(Given.nothing().file("kafila.lambda.linger", text).property("kafila.lambda.linger"))
                .isEqualTo(millis);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "5 MiB | 5242880",
                "5MiB | 5242880",
                "5mib | 5242880",
                "5MB | 5000000",
                "512 KiB | 524288",
                "1234 | 1234",
                "1234B | 1234"
            })
    void aSizeMayHaveAUnit(String text, String bytes) {
        assertThat(Given.nothing().file("kafila.lambda.batch-bytes", text).property("kafila.lambda.batch-bytes"))
                .isEqualTo(bytes);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "kafila.lambda.linger | 500",
                "kafila.lambda.linger | -1s",
                "kafila.lambda.linger | PT-5S",
                "kafila.lambda.linger | 5 weeks",
                "kafila.lambda.linger | 99999999999d",
                "kafila.lambda.timeout | 0",
                "kafila.lambda.timeout | 25h",
                "kafila.lambda.batch-bytes | 5 Mo",
                "kafila.lambda.batch-bytes | 0",
                "kafila.lambda.batch-bytes | -5",
                "kafila.lambda.batch-bytes | 9999999999 GiB",
                "kafila.lambda.buffer-bytes | 1023 KiB",
                "kafila.lambda.batch-size | 10001",
                "kafila.lambda.batch-size | 1e3",
                "kafila.lambda.batch-size | 99999999999999999999",
                "kafila.lambda.retry-backoff | 0.5",
                "kafila.lambda.retry-backoff | NaN",
                "kafila.lambda.retry-backoff | 2,0",
                "kafila.lambda.bisect | yes",
                "kafila.lambda.bisect | TRUE",
                "kafila.lambda.invocation-type | RequestResponse",
                "kafila.lambda.on-failure | ignore",
                "kafila.lambda.retry-status | 500;502",
                "kafila.lambda.retry-status | 200",
                "kafila.lambda.retry-status | 500,,502",
                "kafila.lambda.starting-position | yesterday",
                "kafila.lambda.starting-position | 2026-01-31T06:00:00",
                "kafila.lambda.group | a+b",
                "kafila.lambda.topics | orders,,returns",
                "kafila.lambda.topics | orders returns",
                "kafila.lambda.topics | ..",
                "kafila.lambda.topics | /orders-[/",
                "kafila.lambda.function | my function",
                "kafila.lambda.function | ${table}",
                "kafila.lambda.function | orders=, customers=c",
                "kafila.lambda.function | orders=o, customers",
                "kafila.lambda.response-topic | /answers-.*/",
                "kafila.lambda.response-topic | a,b",
                "kafila.lambda.response-topic | ..",
                "kafila.lambda.transforms | mask,,route",
                "kafila.lambda.transforms | mask.type",
                "kafila.lambda.qualifier | $NEWEST",
                "kafila.lambda.format | jsno",
                "kafila.lambda.key-converter | sting",
                "kafila.lambda.dead-letter | orders-dlt",
                "kafila.lambda.dead-letter | aws2-sqs:dlq?secretKey=RAW(a}b)&region=eu-central-1",
                "kafila.lambda.payload-limit | 10",
                "kafila.kafka.brokers | localhost",
                "kafila.kafka.brokers | localhost:9092;other:9092",
                "kafila.kafka.security-protocol | TLS",
                "kafila.kafka.ssl-truststore-type | BKS",
                "kafila.log-format | xml",
                "kafila.plugins | no/such/directory"
            })
    void aValueThatIsNotOfItsKindIsRefusedWithWhatWouldBeRight(String name, String value) {
        assertThat(Given.nothing().system(name, value).problems())
                .anySatisfy(problem -> assertThat(problem).startsWith(name + " (-D): must be "));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "kafila.lambda.starting-position | 2026-01-31T06:00:00Z",
                "kafila.lambda.starting-position | 2026-01-31T06:00:00+02:00",
                "kafila.lambda.retry-status | 429, 500",
                "kafila.lambda.function | orders",
                "kafila.lambda.function | 123456789012:function:orders",
                "kafila.lambda.function | arn:aws-cn:lambda:cn-north-1:123456789012:function:orders:live",
                "kafila.lambda.function | process-${topic}",
                "kafila.lambda.function | arn:aws:lambda:eu-central-1:123456789012:function:${topic}:live",
                "kafila.lambda.function | orders=process-orders, shop.customers=arn:aws:lambda:eu-central-1:123456789012:function:c:live, *=rest",
                "kafila.lambda.response-topic | orders-answers",
                "kafila.lambda.transforms | mask, route",
                "kafila.lambda.qualifier | $LATEST",
                "kafila.lambda.qualifier | live",
                "kafila.lambda.format | org.example.ShopFormat",
                "kafila.lambda.format | #shop-format",
                "kafila.lambda.value-converter | org.apache.kafka.connect.storage.StringConverter",
                "kafila.lambda.dead-letter | kafka:orders-dlt",
                "kafila.lambda.dead-letter | aws2-sqs:dlq?secretKey=RAW(a+b)&region=eu-central-1",
                "kafila.lambda.dead-letter | aws2-sqs:orders-dlq?region=eu-central-1",
                "kafila.kafka.brokers | SASL_SSL://b-1.example:9096,[::1]:9092",
                "kafila.log-format | json"
            })
    void aValueOfItsKindIsTaken(String name, String value) {
        assertThat(Given.nothing().system(name, value).problems()).isEmpty();
    }

    @Property
    void aDurationReadsBackFromItsText(@ForAll @LongRange(max = 100_000_000_000L) long millis) {
        Duration duration = Duration.ofMillis(millis);

        assertThat(Durations.read(Durations.text(duration))).contains(duration);
    }

    @Property
    void aSizeReadsBackFromItsText(@ForAll @LongRange(max = 9_999_999_999L) long bytes) {
        assertThat(Sizes.read(Sizes.text(bytes))).contains(bytes);
    }

    @Property
    void noTextBreaksAReader(@ForAll @StringLength(max = 30) String text) {
        assertThat(Catalogue.KEYS)
                .allSatisfy(key -> assertThat(key.type().read(text)).isNotNull());
    }
}
