package dev.kafila.gateway.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.schemaregistry.deserializers.GlueSchemaRegistryKafkaDeserializer;
import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.DynamicMessage;
import dev.kafila.gateway.schema.SchemaOptions.Framing;
import dev.kafila.sandbox.SandboxAws;
import dev.kafila.schema.GlueRecords;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/** What AWS's own deserializer makes of records with our frame, and its serializer of the same message. */
class GlueFramesTest {
    /** In the order of names: Aside, Order, Order.CountsEntry, Order.Line, Order.Line.Part, User. */
    private static final String PROTO = """
            syntax = "proto3";
            package t;
            message User { int32 id = 1; string name = 2; }
            message Order { int32 id = 1; string name = 2; map<string, int32> counts = 3;
              message Line { int32 id = 1; string name = 2; message Part { int32 id = 1; string name = 2; } }
              enum State { NEW = 0; } }
            message Aside {}
            """;

    private SandboxAws aws;

    @BeforeEach
    void start() {
        aws = SandboxAws.start();
        aws.schemas().create("orders", "PROTOBUF");
        aws.schemas().register("orders", PROTO);
    }

    @AfterEach
    void stop() {
        aws.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"t.User", "t.Order", "t.Order.Line", "t.Order.Line.Part"})
    void itsDeserializerReadsEachMessageOfTheFile(String name) throws Exception {
        DynamicMessage sent = message(schema(name).message());

        DynamicMessage read = deserialized(schema(name).frame().concat(sent.toByteString()));

        assertThat(read.getDescriptorForType().getFullName()).isEqualTo(name);
        assertThat(read.toByteString()).isEqualTo(sent.toByteString());
        assertThat(read.getField(read.getDescriptorForType().findFieldByName("name")))
                .isEqualTo("zoë");
    }

    @ParameterizedTest
    @ValueSource(strings = {"t.User", "t.Order", "t.Order.Line", "t.Order.Line.Part"})
    void itsSerializerWritesTheSameBytes(String name) throws Exception {
        TopicSchema schema = schema(name);
        DynamicMessage sent = message(schema.message());

        byte[] theirs = GlueRecords.protobuf(aws, "orders", "NONE", sent);

        // They make a text of their own of the descriptor, and with it another version of the schema.
        int versionEnd = 18;
        assertThat(schema.frame().concat(sent.toByteString()).substring(versionEnd))
                .isEqualTo(ByteString.copyFrom(theirs).substring(versionEnd));
        assertThat(theirs).startsWith(schema.frame().substring(0, 2).toByteArray());
    }

    @Test
    void whatItsSerializerRegisteredIsWrittenAsItWroteIt() throws Exception {
        DynamicMessage sent = message(schema("t.Order.Line").message());
        byte[] theirs = GlueRecords.protobuf(aws, "orders", "NONE", sent);

        TopicSchema registered = schema("t.Order.Line");

        assertThat(registered
                        .frame()
                        .concat(message(registered.message()).toByteString())
                        .toByteArray())
                .isEqualTo(theirs);
    }

    @Test
    void theFirstMessageOfTheFileIsNotTheFirstByName() throws Exception {
        TopicSchema schema;
        try (TopicSchemas schemas = TopicSchemas.of(TestOptions.glue(aws, Framing.GLUE, Map.of()))) {
            schema = schemas.find("orders");
        }

        assertThat(schema.message().getFullName()).isEqualTo("t.User");
        assertThat(schema.frame().byteAt(18)).isEqualTo((byte) 5);
    }

    private TopicSchema schema(String message) throws Exception {
        try (TopicSchemas schemas = TopicSchemas.of(TestOptions.glue(aws, Framing.GLUE, Map.of("orders", message)))) {
            return schemas.find("orders");
        }
    }

    private static DynamicMessage message(Descriptor type) {
        return DynamicMessage.newBuilder(type)
                .setField(type.findFieldByName("id"), 7)
                .setField(type.findFieldByName("name"), "zoë")
                .build();
    }

    private DynamicMessage deserialized(ByteString record) {
        Map<String, Object> settings = Map.of(
                "region", "us-east-1", "endpoint", aws.endpoint().toString(), "protobufMessageType", "DYNAMIC_MESSAGE");
        var credentials = StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIDREADER", "secret"));
        try (GlueSchemaRegistryKafkaDeserializer deserializer =
                new GlueSchemaRegistryKafkaDeserializer(credentials, settings)) {
            deserializer.configure(settings, false);
            return (DynamicMessage) deserializer.deserialize("orders", record.toByteArray());
        }
    }
}
