package dev.kafila.report;

import static dev.kafila.record.TestRecords.TIME;
import static dev.kafila.record.TestRecords.record;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kafila.batch.Outcomes;
import dev.kafila.failure.Report;
import dev.kafila.record.KafkaRecord;
import dev.kafila.record.RecordDecodeException;
import dev.kafila.record.RecordDecodeException.Side;
import dev.kafila.record.RecordReader;
import dev.kafila.record.SourceUnavailableException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.errors.RetriableException;
import org.junit.jupiter.api.Test;

class AnswerRecordsTest {
    private static final ConsumerRecord<byte[], byte[]> SOURCE = record(7, "key", "value");

    @Test
    void theKeyIsShownAsItIsRead() {
        SchemaAndValue key = new SchemaAndValue(null, Map.of("id", 5L));

        assertThat(value(source -> new KafkaRecord(source, key, SchemaAndValue.NULL)))
                .isEqualTo(expected("{\"id\":5}"));
    }

    @Test
    void aKeyThatCannotBeReadIsShownAsBytesSinceItsRecordIsDelivered() {
        String base64 = "\"a2V5\"";

        assertThat(value(source -> {
                    throw new RecordDecodeException(source, Side.KEY, "converter", new DataException("no"));
                }))
                .isEqualTo(expected(base64));
        assertThat(value(
                        source -> new KafkaRecord(source, new SchemaAndValue(null, new Object()), SchemaAndValue.NULL)))
                .as("a key without JSON")
                .isEqualTo(expected(base64));
        assertThat(value(source -> null)).as("a filter with a will of its own").isEqualTo(expected(base64));
    }

    @Test
    void aRegistryThatIsAwayIsWaitedFor() {
        assertThatThrownBy(() -> value(source -> {
                    throw new SourceUnavailableException(source, "converter", new RetriableException("registry"));
                }))
                .isInstanceOf(SourceUnavailableException.class);
    }

    private static String expected(String key) {
        return "{\"topic\":\"orders\",\"partition\":0,\"offset\":7,\"timestamp\":" + TIME + ",\"headers\":[],\"key\":"
                + key + ",\"value\":{\"ok\": true}}";
    }

    private static String value(RecordReader reader) {
        Report.Answered answered = new Report.Answered(SOURCE, "{\"ok\": true}", Outcomes.delivered(1));
        return new String(new AnswerRecords(reader).of("answers", answered).value(), StandardCharsets.UTF_8);
    }
}
