package dev.kafila.format;

import static dev.kafila.record.TestRecords.record;
import static dev.kafila.record.TestRecords.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kafila.record.KafkaRecord;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.header.ConnectHeaders;
import org.junit.jupiter.api.Test;

class ResultRecordTest {
    private static final SchemaAndValue KEY = new SchemaAndValue(Schema.OPTIONAL_STRING_SCHEMA, "key");

    @Test
    void aResultNamesThePlaceOfItsRecordInTheSourceWhateverATransformMadeOfIt() {
        ConsumerRecord<byte[], byte[]> source =
                record("orders", 1, 101, TimestampType.CREATE_TIME, null, null, new RecordHeaders());
        KafkaRecord moved = new KafkaRecord(
                source, "elsewhere", 7, 1, KEY, SchemaAndValue.NULL, new ConnectHeaders().addLong("attempt", 3));

        assertThat(result(moved, "{\"body\":\"done\"}"))
                .isEqualTo("{\"topic\":\"orders\",\"partition\":1,\"offset\":101,\"timestamp\":1545084650987,"
                        + "\"headers\":[{\"attempt\":3}],\"key\":\"key\",\"value\":{\"body\":\"done\"}}");
    }

    @Test
    void headersThatWereNotDecodedAreTextOrBase64() {
        RecordHeaders headers = new RecordHeaders();
        headers.add("text", utf8("heë"));
        headers.add("none", null);
        headers.add("binary", new byte[] {-1, 0, 127});
        ConsumerRecord<byte[], byte[]> source =
                record("orders", 0, 5, TimestampType.NO_TIMESTAMP_TYPE, null, null, headers);

        assertThat(result(KafkaRecord.undecoded(source), ""))
                .isEqualTo(
                        "{\"topic\":\"orders\",\"partition\":0,\"offset\":5,\"timestamp\":0,"
                                + "\"headers\":[{\"text\":\"heë\"},{\"none\":null},{\"binary\":\"/wB/\"}],\"key\":null,\"value\":null}");
    }

    private static String result(KafkaRecord record, String json) {
        PayloadBuffer out = new PayloadBuffer(64);
        ResultRecord.write(record, utf8(json), out);
        return new String(out.toByteArray(), StandardCharsets.UTF_8);
    }
}
