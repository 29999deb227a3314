package dev.kafila.format;

import static dev.kafila.record.TestRecords.record;
import static dev.kafila.record.TestRecords.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kafila.format.PayloadAssembler.Assembly;
import dev.kafila.record.KafkaRecord;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

/** The exact bytes of {@code esm} where records are not decoded, as the deployed functions read them. */
class GoldenTest {
    private static final FormatOptions BATCH = TestOptions.options(true);
    private static final FormatOptions SINGLE = TestOptions.options(false);

    @Test
    void esmIsTheEventOfAnEventSourceMapping() throws IOException {
        assertThat(payload(new EsmFormatter(BATCH), true, everyKind())).isEqualTo(golden("esm-batch"));
    }

    @Test
    void esmOfOneRecordIsStillAnEvent() throws IOException {
        assertThat(payload(new EsmFormatter(SINGLE), false, everyKind())).isEqualTo(golden("esm-single"));
    }

    @Test
    void esmNamesTheClusterOfAManagedSource() throws IOException {
        FormatOptions msk = TestOptions.msk("arn:aws:kafka:eu-west-1:1:cluster/c/1");

        assertThat(payload(new EsmFormatter(msk), true, everyKind().subList(0, 1)))
                .isEqualTo(golden("esm-msk"));
    }

    /** A text, nulls, empties, bytes that are not UTF-8, headers of every kind, and a record without a timestamp. */
    private static List<ConsumerRecord<byte[], byte[]>> everyKind() {
        RecordHeaders headers = new RecordHeaders();
        headers.add("headerKey", utf8("heë"));
        headers.add("headerKey", utf8("again \"quoted\""));
        headers.add("empty", new byte[0]);
        headers.add("none", null);
        headers.add("binary", new byte[] {-1, 0, 127});
        return List.of(
                record(15, utf8("recordKey"), utf8("Hello"), headers),
                record(16, null, null, new RecordHeaders()),
                record(17, utf8(""), utf8(""), new RecordHeaders()),
                record(18, utf8("ключ"), utf8("{\"text\":\"\u0001 a/b\\ \t🐪\"}"), new RecordHeaders()),
                record(
                        "orders",
                        0,
                        19,
                        TimestampType.LOG_APPEND_TIME,
                        utf8("k"),
                        new byte[] {0, -2, -1},
                        new RecordHeaders()),
                record("orders", 0, 20, TimestampType.NO_TIMESTAMP_TYPE, utf8("k"), utf8("v"), new RecordHeaders()));
    }

    private static String payload(
            RecordFormatter formatter, boolean batch, List<ConsumerRecord<byte[], byte[]>> records) {
        PayloadBuffer out = new PayloadBuffer(16);
        PayloadAssembler assembler = new PayloadAssembler(formatter, KafkaRecord::undecoded, batch, 6_291_556);

        Assembly assembly = assembler.assemble(records, true, out);

        assertThat(assembly.included()).isEqualTo(batch ? records : records.subList(0, 1));
        assertThat(assembly.rejected()).isEmpty();
        return text(out);
    }

    private static String text(PayloadBuffer out) {
        return new String(out.toByteArray(), StandardCharsets.UTF_8);
    }

    private static String golden(String name) throws IOException {
        try (InputStream in = GoldenTest.class.getResourceAsStream("/golden/" + name + ".json")) {
            assertThat(in).as("golden file %s", name).isNotNull();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).stripTrailing();
        }
    }
}
