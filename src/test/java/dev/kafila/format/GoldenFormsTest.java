package dev.kafila.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kafila.record.KafkaRecord;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TimeZone;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The exact bytes of every kind of data in every form. Those of {@code plain} and {@code json} are what the classes of Nordstrom's connector
 * wrote, but for the bytes that they lose in {@code plain}.
 */
class GoldenFormsTest {
    private static final String EVENT_START = "{\"eventSource\":\"SelfManagedKafka\","
            + "\"bootstrapServers\":\"b-2.example:9092,b-1.example:9092\",\"records\":{\"orders-0\":[";

    private final TimeZone before = TimeZone.getDefault();

    /** A form, and what stands around one record and around many. */
    private record Form(
            String golden, RecordFormatter single, RecordFormatter batch, String aroundOne, String aroundMany) {
        static Form of(String golden, RecordFormatter single, RecordFormatter batch) {
            return new Form(golden, single, batch, "%s", "[%s]");
        }

        @Override
        public String toString() {
            return golden;
        }
    }

    static Stream<Form> forms() {
        FormatOptions one = TestOptions.options(false);
        FormatOptions many = TestOptions.options(true);
        RecordFormatter esm = new EsmFormatter(TestOptions.options(true, TestOptions.DECODED));
        String event = EVENT_START + "%s]}}";
        return Stream.of(
                Form.of("plain", new PlainFormatter(one), new PlainFormatter(many)),
                json("json-none", SchemaVisibility.NONE),
                json("json-min", SchemaVisibility.MIN),
                json("json-all", SchemaVisibility.ALL),
                Form.of("confluent", new ConfluentFormatter(one), new ConfluentFormatter(many)),
                Form.of("raw", new RawFormatter(one), new RawFormatter(many)),
                new Form("esm-decoded", esm, esm, event, event));
    }

    private static Form json(String golden, SchemaVisibility schemas) {
        return Form.of(
                golden,
                new JsonFormatter(TestOptions.showing(false, schemas)),
                new JsonFormatter(TestOptions.showing(true, schemas)));
    }

    /** What {@code plain} makes of a point in time is Java's text, as in the original: it follows the time zone of the process. */
    @BeforeEach
    void settle() {
        TimeZone.setDefault(TimeZone.getTimeZone("UTC"));
    }

    @AfterEach
    void putBack() {
        TimeZone.setDefault(before);
    }

    @ParameterizedTest
    @MethodSource("forms")
    void oneRecordIsWrittenAsTheGoldenFileHasIt(Form form) {
        Map<String, String> written = new LinkedHashMap<>();
        GoldenCases.all().forEach((name, record) -> written.put(name, payload(form.single(), List.of(record))));

        Map<String, String> expected = GoldenFile.read(form.golden());
        expected.replaceAll((name, record) -> form.aroundOne().replace("%s", record));
        assertThat(written).containsExactlyEntriesOf(expected);
    }

    @ParameterizedTest
    @MethodSource("forms")
    void aBatchHoldsTheSameRecords(Form form) {
        List<KafkaRecord> records = List.copyOf(GoldenCases.all().values());

        String expected = String.join(",", GoldenFile.read(form.golden()).values());
        assertThat(payload(form.batch(), records)).isEqualTo(form.aroundMany().replace("%s", expected));
    }

    @Test
    void headersOfEveryKindAreWrittenAsTheGoldenFileHasThem() {
        FormatOptions withHeaders = TestOptions.withHeaders(false);
        KafkaRecord record = GoldenCases.headers();

        assertThat(GoldenFile.read("headers"))
                .containsExactly(
                        Map.entry("plain", record(new PlainFormatter(withHeaders), record)),
                        Map.entry("json", record(new JsonFormatter(withHeaders), record)),
                        Map.entry("confluent", record(new ConfluentFormatter(withHeaders), record)),
                        Map.entry(
                                "esm",
                                record(new EsmFormatter(TestOptions.options(true, TestOptions.DECODED)), record)));
    }

    private static String record(RecordFormatter formatter, KafkaRecord record) {
        PayloadBuffer out = new PayloadBuffer(16);
        formatter.write(record, out);
        return new String(out.toByteArray(), StandardCharsets.UTF_8);
    }

    private static String payload(RecordFormatter formatter, List<KafkaRecord> records) {
        PayloadBuffer out = new PayloadBuffer(16);
        formatter.begin(new TopicPartition("orders", 0), out);
        boolean first = true;
        for (KafkaRecord record : records) {
            if (!first) {
                formatter.separate(out);
            }
            first = false;
            formatter.write(record, out);
        }
        formatter.end(out);
        return new String(out.toByteArray(), StandardCharsets.UTF_8);
    }
}
