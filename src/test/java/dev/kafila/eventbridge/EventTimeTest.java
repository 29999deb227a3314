package dev.kafila.eventbridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kafila.record.KafkaRecord;
import dev.kafila.record.TestRecords;
import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventTimeTest {
    private static final KafkaRecord RECORD = record(1_684_841_916_831L);

    @Test
    void unsetTheTimeIsLeftToEventBridge() {
        assertThat(EventTime.of("").of(RECORD, "{\"value\":1684841916}")).isNull();
    }

    @Test
    void theTimeMayBeTheRecords() {
        assertThat(EventTime.of("record").of(RECORD, "{}")).isEqualTo("2023-05-23T11:38:36.831Z");
        assertThat(EventTime.of("record").of(record(ConsumerRecord.NO_TIMESTAMP), "{}"))
                .isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"2023-05-23T11:38:36.831Z\"      | 2023-05-23T11:38:36.831Z",
                "\"2023-05-23T13:38:36+02:00\"     | 2023-05-23T11:38:36Z",
                "1684841916                        | 2023-05-23T11:38:36Z",
                "1684841916.831                    | 2023-05-23T11:38:36.831Z",
                "1684841916831                     | 2023-05-23T11:38:36.831Z",
                "1.684841916831E12                 | 2023-05-23T11:38:36.831Z",
                "0                                 | 1970-01-01T00:00:00Z",
                "99999999999                       | 5138-11-16T09:46:39Z",
                "100000000000                      | 1973-03-03T09:46:40Z",
            })
    void theTimeMayBeWhatTheRecordSaysInIso8601OrSinceTheEpoch(String value, Instant time) {
        assertThat(EventTime.of("$.detail.value.at").of(RECORD, "{\"value\":{\"at\":" + value + "}}"))
                .isEqualTo(time);
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "{\"at\":null}", "{}", "\"at\""})
    void aRecordThatSaysNoTimeLeavesItToEventBridge(String value) {
        assertThat(EventTime.of("$.detail.value.at").of(RECORD, "{\"value\":" + value + "}"))
                .isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"\"",
                "\"yesterday\"",
                "\"2023-05-23T11:38:36\"",
                "\"2023-05-23\"",
                "\"1684841916\"",
                "-1",
                "1684841916831000",
                "1E+400",
                "true",
                "{}",
                "[1684841916]",
            })
    void whatIsNoTimeFailsTheRecord(String value) {
        EventTime time = EventTime.of("$.detail.value");

        assertThatThrownBy(() -> time.of(RECORD, "{\"value\":" + value + "}"))
                .isInstanceOf(UnfitException.class)
                .hasMessage("$.detail.value is neither a time in ISO 8601 with its zone nor one in seconds or"
                        + " milliseconds since 1970");
    }

    @ParameterizedTest
    @ValueSource(strings = {"now", "Record", "2023-05-23T11:38:36Z"})
    void whatIsNeitherTheRecordsNorAPathIsRefused(String setting) {
        assertThatThrownBy(() -> EventTime.of(setting))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("time: '" + setting + "' is neither record nor a JSONPath such as $.detail.value.time");
    }

    private static KafkaRecord record(long timestamp) {
        return new KafkaRecord(
                TestRecords.record(7, "k", "v"),
                "orders",
                0,
                timestamp,
                SchemaAndValue.NULL,
                SchemaAndValue.NULL,
                null);
    }
}
