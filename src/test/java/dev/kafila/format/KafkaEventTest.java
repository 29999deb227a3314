package dev.kafila.format;

import static dev.kafila.record.TestRecords.TIME;
import static dev.kafila.record.TestRecords.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.KafkaEvent;
import com.amazonaws.services.lambda.runtime.events.KafkaEvent.KafkaEventRecord;
import com.amazonaws.services.lambda.runtime.serialization.events.LambdaEventSerializers;
import java.io.InputStream;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * What a Java function on AWS gets from an {@code esm} payload: read by AWS's own classes, as its runtime does. They take signed and
 * unsigned bytes alike and more besides; the exact bytes are {@link GoldenTest}'s.
 */
class KafkaEventTest {

    @Test
    void theEventNamesItsSource() {
        KafkaEvent event = read("esm-batch");

        assertThat(event.getEventSource()).isEqualTo("SelfManagedKafka");
        assertThat(event.getBootstrapServers()).isEqualTo("b-2.example:9092,b-1.example:9092");
        assertThat(event.getEventSourceArn()).isNull();
        assertThat(event.getRecords()).containsOnlyKeys("orders-0");
    }

    @Test
    void theEventOfAManagedClusterNamesItsArn() {
        KafkaEvent event = read("esm-msk");

        assertThat(event.getEventSource()).isEqualTo("aws:kafka");
        assertThat(event.getEventSourceArn()).isEqualTo("arn:aws:kafka:eu-west-1:1:cluster/c/1");
    }

    @Test
    void everyRecordKeepsItsPlaceAndTime() {
        assertThat(records()).allSatisfy(record -> {
            assertThat(record.getTopic()).isEqualTo("orders");
            assertThat(record.getPartition()).isZero();
        });
        assertThat(records()).extracting(KafkaEventRecord::getOffset).containsExactly(15L, 16L, 17L, 18L, 19L, 20L);
        assertThat(records())
                .extracting(KafkaEventRecord::getTimestamp)
                .containsExactly(TIME, TIME, TIME, TIME, TIME, 0L);
        assertThat(records())
                .extracting(KafkaEventRecord::getTimestampType)
                .containsExactly(
                        "CREATE_TIME",
                        "CREATE_TIME",
                        "CREATE_TIME",
                        "CREATE_TIME",
                        "LOG_APPEND_TIME",
                        "NO_TIMESTAMP_TYPE");
    }

    @Test
    void keysAndValuesAreTheBytesOfTheRecord() {
        assertThat(records().stream().map(record -> bytes(record.getKey())))
                .containsExactly(utf8("recordKey"), null, utf8(""), utf8("ключ"), utf8("k"), utf8("k"));
        assertThat(records().stream().map(record -> bytes(record.getValue())))
                .containsExactly(
                        utf8("Hello"),
                        null,
                        utf8(""),
                        utf8("{\"text\":\"\u0001 a/b\\ \t🐪\"}"),
                        new byte[] {0, -2, -1},
                        utf8("v"));
    }

    @Test
    void headersKeepTheirOrderTheirDuplicatesAndTheirBytes() {
        List<Map<String, byte[]>> headers = records().get(0).getHeaders();

        assertThat(headers.stream().flatMap(header -> header.keySet().stream()))
                .containsExactly("headerKey", "headerKey", "empty", "none", "binary");
        assertThat(headers.stream().flatMap(header -> header.values().stream()))
                .containsExactly(utf8("heë"), utf8("again \"quoted\""), new byte[0], null, new byte[] {-1, 0, 127});
        assertThat(records().get(1).getHeaders()).isEmpty();
    }

    private static List<KafkaEventRecord> records() {
        return read("esm-batch").getRecords().get("orders-0");
    }

    private static KafkaEvent read(String golden) {
        InputStream payload = KafkaEventTest.class.getResourceAsStream("/golden/" + golden + ".json");
        return LambdaEventSerializers.serializerFor(KafkaEvent.class, KafkaEventTest.class.getClassLoader())
                .fromJson(payload);
    }

    private static byte[] bytes(String base64) {
        return base64 == null ? null : Base64.getDecoder().decode(base64);
    }
}
