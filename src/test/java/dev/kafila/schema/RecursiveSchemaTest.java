package dev.kafila.schema;

import static dev.kafila.record.TestRecords.record;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kafila.format.FormatOptions;
import dev.kafila.format.FormatOptions.Input;
import dev.kafila.format.Formatters;
import dev.kafila.format.PayloadBuffer;
import dev.kafila.format.SchemaVisibility;
import dev.kafila.record.KafkaRecord;
import io.apicurio.registry.utils.converter.avro.AvroData;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.errors.DataException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A schema may hold itself, and then it has no end when it is written out; a value always has. */
class RecursiveSchemaTest {
    private static final String AVRO = """
            {"type":"record","name":"Node","fields":[{"name":"x","type":"int"},{"name":"next","type":["null","Node"]}]}""";
    private static final String PROTOBUF = "syntax = \"proto3\"; message Node { int32 x = 1; Node next = 2; }";

    static Stream<SchemaAndValue> nodes() {
        // x=1, next={x=2, next=null}
        byte[] avro = Wire.confluent(1, new byte[] {2, 2, 4, 0});
        byte[] protobuf = Wire.confluent(1, new byte[] {0}, new byte[] {8, 1, 18, 2, 8, 2});
        return Stream.of(
                AvroReader.of(schema(DataFormat.AVRO, AVRO), new AvroData(10)).read(Payload.of(avro, Frame.of(avro))),
                ProtobufReader.of(
                                schema(DataFormat.PROTOBUF, PROTOBUF),
                                ProtobufOptions.of(new ConverterOptions(Map.of())))
                        .read(Payload.of(protobuf, Frame.of(protobuf))));
    }

    @ParameterizedTest
    @MethodSource("nodes")
    void aValueOfItIsWritten(SchemaAndValue node) {
        assertThat(json(node, SchemaVisibility.MIN)).contains("\"value\":{\"x\":1,\"next\":{\"x\":2,\"next\":null}}");
    }

    @ParameterizedTest
    @MethodSource("nodes")
    void theSchemaItselfIsRefusedWithWhatToDo(SchemaAndValue node) {
        assertThatThrownBy(() -> json(node, SchemaVisibility.ALL))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("Node")
                .hasMessageContaining("schema-visibility");
    }

    private static String json(SchemaAndValue value, SchemaVisibility schemas) {
        FormatOptions options =
                new FormatOptions(false, false, schemas, schemas, "", "", new Input("string", "avro", true));
        PayloadBuffer out = new PayloadBuffer(1024);
        Formatters.create("json", options, new DefaultCamelContext())
                .write(new KafkaRecord(record(0, "k", "v"), SchemaAndValue.NULL, value), out);
        return new String(out.toByteArray(), StandardCharsets.UTF_8);
    }

    private static RegisteredSchema schema(DataFormat format, String text) {
        return new RegisteredSchema("schema 1", format, text, Map.of(), 1);
    }
}
