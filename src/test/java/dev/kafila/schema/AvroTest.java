package dev.kafila.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kafila.aws.AwsSettings;
import io.apicurio.registry.serde.avro.AvroKafkaSerializer;
import io.apicurio.registry.utils.converter.AvroConverter;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Conversions.DecimalConversion;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.data.Struct;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Avro from a registry, written by another's serializer, and read as another's converter reads it. */
@ExtendWith(SharedRegistry.class)
class AvroTest {
    private static final String HELLO = """
            {"type":"record","name":"Hello","doc":"An example Avro-encoded `Hello` message.",
             "namespace":"com.nordstrom.kafka.example","fields":[
              {"name":"language","type":{"type":"enum","name":"language","symbols":["ENGLISH","FRENCH","ITALIAN","SPANISH"]}},
              {"name":"greeting","type":"string"}]}""";

    private static final String EVERYTHING = """
            {"type":"record","name":"Everything","namespace":"t","doc":"all of it","fields":[
              {"name":"i","type":"int","doc":"a number","default":7},
              {"name":"l","type":"long"},{"name":"f","type":"float"},{"name":"d","type":"double"},{"name":"b","type":"boolean"},
              {"name":"s","type":"string"},{"name":"bytes","type":"bytes"},
              {"name":"fixed","type":{"type":"fixed","name":"Four","size":4}},
              {"name":"optional","type":["null","string"],"default":null},
              {"name":"missing","type":["null","long"],"default":null},
              {"name":"choice","type":["null","int","string",{"type":"record","name":"Inner","fields":[{"name":"x","type":"int"}]}]},
              {"name":"list","type":{"type":"array","items":"Inner"}},
              {"name":"map","type":{"type":"map","values":"long"}},
              {"name":"decimal","type":{"type":"bytes","logicalType":"decimal","precision":9,"scale":2}},
              {"name":"date","type":{"type":"int","logicalType":"date"}},
              {"name":"time","type":{"type":"int","logicalType":"time-millis"}},
              {"name":"millis","type":{"type":"long","logicalType":"timestamp-millis"}},
              {"name":"micros","type":{"type":"long","logicalType":"timestamp-micros"}},
              {"name":"uuid","type":{"type":"string","logicalType":"uuid"}},
              {"name":"next","type":["null","Everything"],"default":null}]}""";

    private final RegistryServer registry;

    AvroTest(RegistryServer registry) {
        this.registry = registry;
    }

    @Test
    void theExampleOfTheSeedIsAStructWithTheVersionOfItsSubject() {
        int id = registry.avro("example-stream-value", HELLO);

        SchemaAndValue read = converter(Map.of())
                .toConnectData("example-stream", Wire.confluent(id, new byte[] {0}, text("hello, world")));

        assertThat(read.value()).hasToString("Struct{language=ENGLISH,greeting=hello, world}");
        assertThat(read.schema().name()).isEqualTo("com.nordstrom.kafka.example.Hello");
        assertThat(read.schema().version()).isEqualTo(1);
    }

    @Test
    void theVersionIsThatOfTheTopicsOwnSubject() {
        String evolved = HELLO.replace("`Hello` message", "`Hello`");
        registry.avro("versions-value", HELLO);
        int id = registry.avro("versions-value", evolved);
        registry.avro("another-value", evolved);
        byte[] record = Wire.confluent(id, new byte[] {2}, text("salut"));

        SchemaConverter converter = converter(Map.of());

        assertThat(converter.toConnectData("versions", record).schema().version())
                .isEqualTo(2);
        assertThat(converter.toConnectData("another", record).schema().version())
                .isEqualTo(1);
        assertThat(converter.toConnectData("elsewhere", record).schema().version())
                .isNull();
    }

    @Test
    void whatApicuriosSerializerWritesIsReadAsApicuriosConverterReadsIt() {
        byte[] record = serialized("everything", everything(everything(null)));

        SchemaAndValue read = converter(Map.of()).toConnectData("everything", record);

        SchemaAndValue theirs = apicurios().toConnectData("everything", record);
        // Theirs has no version, and so is never equal as a whole.
        assertThat(read.value()).hasToString(theirs.value().toString());
        assertThat(unversioned(read)).isEqualTo(unversioned(theirs));
        assertThat(read.schema().parameters()).isEqualTo(theirs.schema().parameters());
    }

    @Test
    void everyTypeHasItsCounterpart() {
        Struct read = (Struct) converter(Map.of())
                .toConnectData("types", serialized("types", everything(null)))
                .value();

        assertThat(read.get("bytes")).isEqualTo(ByteBuffer.wrap(new byte[] {1, 2}));
        assertThat(read.get("fixed")).isEqualTo(ByteBuffer.wrap(new byte[] {1, 2, 3, 4}));
        assertThat(read.get("missing")).isNull();
        assertThat(((Struct) read.get("choice")).get("string")).isEqualTo("chosen");
        assertThat(read.getArray("list")).singleElement().hasToString("Struct{x=5}");
        assertThat(read.getMap("map")).isEqualTo(Map.of("k", 9L));
        assertThat(read.get("decimal")).isEqualTo(new BigDecimal("-12.34"));
        assertThat(read.get("micros")).isEqualTo(1_700_000_000_000_001L);
        assertThat(read.schema().field("date").schema().name()).isEqualTo("org.apache.kafka.connect.data.Date");
        assertThat(read.schema().field("time").schema().name()).isEqualTo("org.apache.kafka.connect.data.Time");
        assertThat(read.schema().field("millis").schema().name()).isEqualTo("org.apache.kafka.connect.data.Timestamp");
        assertThat(read.schema().field("i").schema().defaultValue()).isEqualTo(7);
        assertThat(read.getStruct("next")).isNull();
    }

    @Test
    void aSchemaMayReferToOthers() {
        registry.avro(
                "refs-street",
                "{\"type\":\"record\",\"name\":\"Street\",\"namespace\":\"r\",\"fields\":"
                        + "[{\"name\":\"name\",\"type\":\"string\"}]}");
        registry.register(
                "refs-address",
                "AVRO",
                "{\"type\":\"record\",\"name\":\"Address\",\"namespace\":\"r\",\"fields\":"
                        + "[{\"name\":\"street\",\"type\":\"r.Street\"}]}",
                "r.Street=refs-street");
        int id = registry.register(
                "refs-value",
                "AVRO",
                "{\"type\":\"record\",\"name\":\"Person\",\"namespace\":\"r\",\"fields\":"
                        + "[{\"name\":\"home\",\"type\":\"r.Address\"}]}",
                "r.Address=refs-address");

        SchemaAndValue read = converter(Map.of()).toConnectData("refs", Wire.confluent(id, text("Main St")));

        assertThat(read.value()).hasToString("Struct{home=Struct{street=Struct{name=Main St}}}");
    }

    @Test
    void aSchemaThatIsNoRecordIsRead() {
        int string = registry.avro("bare-key", "\"string\"");
        int bytes = registry.avro("bare-value", "\"bytes\"");
        SchemaConverter converter = converter(Map.of());

        assertThat(converter
                        .toConnectData("bare", Wire.confluent(string, text("k")))
                        .value())
                .isEqualTo("k");
        // As Confluent's serializer writes it: without a length.
        assertThat(converter
                        .toConnectData("bare", Wire.confluent(bytes, new byte[] {9, 8}))
                        .value())
                .isEqualTo(ByteBuffer.wrap(new byte[] {9, 8}));
    }

    /** All fields but the one that is of the same schema again. */
    private static List<Field> unversioned(SchemaAndValue read) {
        return read.schema().fields().stream()
                .filter(field -> !field.name().equals("next"))
                .toList();
    }

    private SchemaConverter converter(Map<String, String> more) {
        SchemaConverter converter = new SchemaConverter(DataFormat.AVRO, AwsSettings.SDK_DEFAULTS);
        Map<String, String> options = new HashMap<>(more);
        options.put("schema.registry.url", registry.confluent().toString());
        converter.configure(options, false);
        return converter;
    }

    /** Four bytes of id, and the id that the API like Confluent's knows. */
    private Map<String, Object> apicuriosSettings() {
        return Map.of(
                "apicurio.registry.url", registry.apicurio().toString(),
                "apicurio.registry.auto-register", "true",
                "apicurio.registry.id-handler", "io.apicurio.registry.serde.Legacy4ByteIdHandler",
                "apicurio.registry.use-id", "contentId",
                "apicurio.registry.headers.enabled", "false");
    }

    private byte[] serialized(String topic, GenericRecord record) {
        try (AvroKafkaSerializer<GenericRecord> serializer = new AvroKafkaSerializer<>()) {
            serializer.configure(apicuriosSettings(), false);
            return serializer.serialize(topic, record);
        }
    }

    private AvroConverter<Object> apicurios() {
        AvroConverter<Object> converter = new AvroConverter<>();
        converter.configure(apicuriosSettings(), false);
        return converter;
    }

    private static GenericRecord everything(GenericRecord next) {
        Schema schema = new Schema.Parser().parse(EVERYTHING);
        Schema inner = schema.getField("list").schema().getElementType();
        GenericRecord five = new GenericRecordBuilder(inner).set("x", 5).build();
        Schema decimal = schema.getField("decimal").schema();
        return new GenericRecordBuilder(schema)
                .set("i", 1)
                .set("l", Long.MIN_VALUE)
                .set("f", 1.5f)
                .set("d", Math.PI)
                .set("b", true)
                .set("s", "héllo \uD83D\uDE00")
                .set("bytes", ByteBuffer.wrap(new byte[] {1, 2}))
                .set("fixed", new GenericData.Fixed(schema.getField("fixed").schema(), new byte[] {1, 2, 3, 4}))
                .set("optional", "there")
                .set("choice", "chosen")
                .set("list", List.of(five))
                .set("map", Map.of("k", 9L))
                .set(
                        "decimal",
                        new DecimalConversion().toBytes(new BigDecimal("-12.34"), decimal, LogicalTypes.decimal(9, 2)))
                .set("date", 19_000)
                .set("time", 86_399_999)
                .set("millis", 1_700_000_000_001L)
                .set("micros", 1_700_000_000_000_001L)
                .set("uuid", "b7b4a7f0-9c96-4e4a-a687-fb5de9ef0c63")
                .set("next", next)
                .build();
    }

    private static byte[] text(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        return Wire.concat(new byte[] {(byte) (utf8.length * 2)}, utf8);
    }
}
