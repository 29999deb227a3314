package dev.kafila.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.kafila.aws.AwsSettings;
import dev.kafila.schema.StubRegistry.Answer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.zip.DeflaterOutputStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.errors.DataException;

/** Whatever is in a topic, it is read or it is that record's failure. */
class AnyBytesTest {
    private static final String AVRO = """
            {"type":"record","name":"R","fields":[{"name":"next","type":["null","R"]},{"name":"b","type":"bytes"},
             {"name":"nulls","type":{"type":"array","items":"null"}},{"name":"map","type":{"type":"map","values":"R"}},
             {"name":"e","type":{"type":"enum","name":"E","symbols":["A"]}},
             {"name":"d","type":{"type":"bytes","logicalType":"decimal","precision":4,"scale":2}}]}""";
    private static final String PROTOBUF = """
            syntax = "proto3"; import "google/protobuf/timestamp.proto"; import "google/type/date.proto";
            message M { M next = 1; map<string, M> map = 2; repeated uint64 u = 3; google.protobuf.Timestamp t = 4;
              google.type.Date d = 5; oneof o { bytes b = 6; M m = 7; } }""";
    private static final String JSON =
            "{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"integer\"},\"b\":{\"type\":\"array\",\"items\":"
                    + "{\"type\":\"number\"}}}}";

    private static final Map<DataFormat, SchemaConverter> CONVERTERS = new EnumMap<>(DataFormat.class);

    private static StubRegistry registry;

    @BeforeContainer
    static void start() throws IOException {
        registry = StubRegistry.start()
                .answers("/schemas/ids/0", Answer.schema("AVRO", AVRO))
                .answers("/schemas/ids/1", Answer.schema("PROTOBUF", PROTOBUF))
                .answers("/schemas/ids/2", Answer.schema("JSON", JSON));
        for (DataFormat format : DataFormat.values()) {
            SchemaConverter converter = new SchemaConverter(format, AwsSettings.SDK_DEFAULTS);
            converter.configure(Map.of("schema.registry.url", registry.url()), false);
            CONVERTERS.put(format, converter);
        }
    }

    @AfterContainer
    static void stop() {
        registry.close();
    }

    @Property(tries = 3000)
    void bytesAfterAFrameAreReadOrRefused(@ForAll DataFormat format, @ForAll("payloads") byte[] payload) {
        Throwable problem = catchThrowable(() -> read(format, payload));

        assertThat(problem).satisfiesAnyOf(e -> assertThat(e).isNull(), e -> assertThat(e)
                .isExactlyInstanceOf(DataException.class));
    }

    @Property(tries = 1000)
    void bytesWithoutAFrameAreRefused(@ForAll @Size(max = 4) byte[] bytes) {
        assertThatThrownBy(() -> CONVERTERS.get(DataFormat.AVRO).toConnectData("t", bytes))
                .isExactlyInstanceOf(DataException.class);
    }

    @Property(tries = 1000)
    void whatIsSaidToBeCompressedIsInflatedOrRefused(@ForAll byte[] payload) {
        byte[] record = compressed(payload);

        Throwable problem = catchThrowable(() -> Payload.of(record, Frame.of(record)));

        assertThat(problem).satisfiesAnyOf(e -> assertThat(e).isNull(), e -> assertThat(e)
                .isExactlyInstanceOf(DataException.class));
    }

    @Example
    void aLengthThatReachesBeyondThePayloadTakesNoRoom() {
        byte[] twoGigabytes = {0, (byte) 0xFE, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, 0x0F};

        assertThatThrownBy(() -> read(DataFormat.AVRO, twoGigabytes)).isInstanceOf(DataException.class);
    }

    @Example
    void aListOfBillionsOfNothingsTakesNoRoom() {
        byte[] billions = {0, 0, (byte) 0xFE, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, 0x0F};

        assertThatThrownBy(() -> read(DataFormat.AVRO, billions)).isInstanceOf(DataException.class);
    }

    @Example
    void aPayloadThatIsNestedTooDeeplyIsTheRecordsFailure() {
        byte[] deep = new byte[5_000_000];
        Arrays.fill(deep, (byte) 2);

        assertThatThrownBy(() -> read(DataFormat.AVRO, deep))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("deeply");
    }

    @Example
    void aCompressedPayloadThatInflatesWithoutEndIsTheRecordsFailure() throws IOException {
        ByteArrayOutputStream bomb = new ByteArrayOutputStream();
        try (DeflaterOutputStream deflater = new DeflaterOutputStream(bomb)) {
            deflater.write(new byte[64 * 1024 * 1024]);
        }
        byte[] record = compressed(bomb.toByteArray());

        assertThatThrownBy(() -> Payload.of(record, Frame.of(record)))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("inflates to more than");
        for (int length = 18; length < 40; length++) {
            byte[] cut = Arrays.copyOf(record, length);
            assertThatThrownBy(() -> Payload.of(cut, Frame.of(cut))).isInstanceOf(DataException.class);
        }
    }

    @Provide
    Arbitrary<byte[]> payloads() {
        Arbitrary<Byte> telling =
                Arbitraries.of((byte) 0, (byte) 1, (byte) 2, (byte) 8, (byte) 10, (byte) 18, (byte) -1);
        return Arbitraries.oneOf(
                Arbitraries.bytes().array(byte[].class).ofMaxSize(60),
                telling.array(byte[].class).ofMaxSize(200),
                Arbitraries.of("{\"a\":1,\"b\":[1e999999999]}", "[[[[", "{\"a\":", "nul", "1 2", "\"\\ud800\"")
                        .map(text -> text.getBytes(StandardCharsets.UTF_8)));
    }

    private static SchemaAndValue read(DataFormat format, byte[] payload) {
        return CONVERTERS
                .get(format)
                .toConnectData("t", Wire.confluent(List.of(DataFormat.values()).indexOf(format), payload));
    }

    private static byte[] compressed(byte[] payload) {
        byte[] record = Wire.glue(payload);
        record[1] = 5;
        return record;
    }
}
