package dev.kafila.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;

class PayloadRecordsTest {

    @Test
    void recordsOfTheEventFormAreFoundAndTheirValuesDecoded() {
        PayloadRecords records = records("""
                {"eventSource":"SelfManagedKafka","records":{
                  "orders-0":[{"topic":"orders","partition":0,"offset":7,"value":"w6k="},
                              {"topic":"orders","partition":0,"offset":8,"value":null},
                              {"topic":"orders","partition":0,"offset":9,"value":"//79"}]}}
                """);

        assertThat(records.size()).isEqualTo(3);
        assertThat(records.partition(0)).isEqualTo(new TopicPartition("orders", 0));
        assertThat(records.offset(1)).isEqualTo(8);
        assertThat(records.value(0)).isEqualTo("é");
        assertThat(records.value(1)).isEqualTo("null");
        assertThat(records.value(2)).isEqualTo("3 bytes that are no text");
    }

    @Test
    void recordsOfAnArrayAreFound() {
        PayloadRecords records =
                records("[{\"key\":\"k\",\"value\":\"v\",\"topic\":\"orders\",\"partition\":1,\"offset\":0}]");

        assertThat(records.size()).isEqualTo(1);
        assertThat(records.value(0)).isEqualTo("v");
    }

    @Test
    void aPayloadWithoutCoordinatesHasNoRecords() {
        assertThat(records("{\"topic\":\"orders\"}").size()).isZero();
    }

    @Test
    void whatIsNotThereIsNamedOnce() {
        TopicPartition orders = new TopicPartition("orders", 0);
        RecordSet sent = new RecordSet();
        RecordSet received = new RecordSet();
        sent.add(orders, 1);
        sent.add(orders, 2);

        assertThat(received.add(orders, 1)).isTrue();
        assertThat(received.add(orders, 1)).isFalse();

        assertThat(sent.notIn(received)).containsExactly("orders-0@2");
        assertThat(received.notIn(sent)).isEmpty();
        assertThat(sent.size()).isEqualTo(2);
    }

    private static PayloadRecords records(String payload) {
        return PayloadRecords.of(new Invocation(
                "f", null, "RequestResponse", SdkBytes.fromUtf8String(payload), Map.of(), null, Instant.now(), "id"));
    }
}
