package dev.kafila.format;

import static dev.kafila.record.TestRecords.record;
import static dev.kafila.record.TestRecords.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kafila.format.PayloadAssembler.Assembly;
import dev.kafila.record.BytesConverter;
import dev.kafila.record.KafkaRecord;
import dev.kafila.record.RecordDecoder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.storage.Converter;
import org.apache.kafka.connect.storage.StringConverter;
import org.junit.jupiter.api.Test;

/** The exact bytes of each form: what the deployed functions read. */
class GoldenTest {
    private static final FormatOptions BATCH = TestOptions.options(true);
    private static final FormatOptions SINGLE = TestOptions.options(false);
    private static final FormatOptions WITH_HEADERS = TestOptions.withHeaders(true);

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

    @Test
    void plainIsAnArrayOfFlatObjects() throws IOException {
        assertThat(payload(new PlainFormatter(BATCH), true, everyKind())).isEqualTo(golden("plain-batch"));
    }

    @Test
    void plainOfOneRecordIsAnObject() throws IOException {
        assertThat(payload(new PlainFormatter(SINGLE), false, everyKind())).isEqualTo(golden("plain-single"));
    }

    @Test
    void plainCarriesHeadersOnlyWhenAskedTo() throws IOException {
        assertThat(payload(new PlainFormatter(WITH_HEADERS), true, everyKind())).isEqualTo(golden("plain-headers"));
    }

    @Test
    void plainWritesBytesAsBase64() throws IOException {
        RecordDecoder bytes = new RecordDecoder(new BytesConverter(), new BytesConverter(), null);

        assertThat(payload(new PlainFormatter(BATCH), bytes, true, everyKind())).isEqualTo(golden("plain-bytes"));
    }

    @Test
    void plainWritesStructsAndMapsAsTheirJavaText() throws IOException {
        PlainFormatter formatter = new PlainFormatter(BATCH);
        Schema schema = SchemaBuilder.struct()
                .name("com.nordstrom.kafka.example.Hello")
                .field("language", Schema.STRING_SCHEMA)
                .field("greeting", Schema.STRING_SCHEMA)
                .build();
        Struct struct = new Struct(schema).put("language", "ENGLISH").put("greeting", "hello, world");
        Map<String, Object> map = new HashMap<>();
        map.put("b", null);
        ConsumerRecord<byte[], byte[]> source = record(7, "k", "v");
        PayloadBuffer out = new PayloadBuffer(64);

        formatter.write(
                new KafkaRecord(source, new SchemaAndValue(null, map), new SchemaAndValue(schema, struct)), out);
        formatter.separate(out);
        SchemaAndValue buffer = new SchemaAndValue(Schema.BYTES_SCHEMA, ByteBuffer.wrap(utf8("bytes")));
        formatter.write(new KafkaRecord(source, buffer, buffer), out);

        assertThat(text(out)).isEqualTo(golden("plain-struct"));
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
        Converter text = new StringConverter();
        text.configure(Map.of(), false);
        return payload(formatter, new RecordDecoder(text, text, null), batch, records);
    }

    private static String payload(
            RecordFormatter formatter,
            RecordDecoder decoder,
            boolean batch,
            List<ConsumerRecord<byte[], byte[]>> records) {
        PayloadBuffer out = new PayloadBuffer(16);
        PayloadAssembler assembler = new PayloadAssembler(formatter, decoder, batch, 6_291_556);

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
