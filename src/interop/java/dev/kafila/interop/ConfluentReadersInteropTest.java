package dev.kafila.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.util.JsonFormat;
import dev.kafila.aws.AwsSettings;
import dev.kafila.gateway.schema.SchemaOptions;
import dev.kafila.gateway.schema.SchemaOptions.Framing;
import dev.kafila.gateway.schema.SchemaOptions.Source;
import dev.kafila.gateway.schema.TopicSchema;
import dev.kafila.gateway.schema.TopicSchemas;
import dev.kafila.schema.RegistryServer;
import dev.kafila.schema.SharedRegistry;
import dev.kafila.schema.StubRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Messages with our frame and by our descriptors, read by Confluent's client and by KafkaJS's, with the registry's own word for the schema. */
@ExtendWith(SharedRegistry.class)
class ConfluentReadersInteropTest {
    private static final String PROTO = """
            syntax = "proto3";
            package shop;
            message Order {
              int32 order_id = 1;
              map<string, int32> counts = 2;
              message Line {
                string sku = 1 [json_name = "article"];
                message Part { repeated sint32 sizes = 1 [packed = false]; }
                repeated Part parts = 2;
              }
              enum State { NEW = 0; PAID = 1; }
              message Note { string text = 1; }
              optional State state = 3;
            }
            message Return { oneof why { string text = 1; Order order = 2; } }
            """;

    private static NodeModules node;

    @BeforeAll
    static void install() throws Exception {
        node = NodeModules.install();
    }

    /** It asks for schemas in the form that Confluent's registry makes of them, and the stub has that from Google's compiler. */
    @Test
    void confluentsClientReadsEachMessageOfAFile(@TempDir Path directory) throws Exception {
        try (StubRegistry registry = StubRegistry.start()) {
            registry.answers("/subjects/orders-value/versions/latest", answer(PROTO));
            registry.answers("/schemas/ids/7", answer(compiled(directory)));

            List<String> read = node.run(
                    "read-with-confluent.cjs",
                    List.of(
                            record(
                                    registry.url(),
                                    "shop.Order",
                                    "{\"orderId\": 7, \"counts\": {\"a\": 1}, \"state\": \"PAID\"}"),
                            record(registry.url(), "shop.Return", "{\"order\": {\"orderId\": 8}}"),
                            record(
                                    registry.url(),
                                    "shop.Order.Line",
                                    "{\"article\": \"é\", \"parts\": [{\"sizes\": [1, -2]}]}"),
                            record(registry.url(), "shop.Order.Note", "{\"text\": \"hé\"}"),
                            record(registry.url(), "shop.Order.Line.Part", "{\"sizes\": [3, 4]}")),
                    registry.url(),
                    "orders");

            assertThat(read)
                    .containsExactly(
                            "shop.Order {\"orderId\":7,\"counts\":{\"a\":1},\"state\":1}",
                            "shop.Return {\"why\":{\"case\":\"order\",\"value\":{\"$typeName\":\"shop.Order\",\"orderId\":8,\"counts\":{}}}}",
                            "shop.Order.Line {\"sku\":\"é\",\"parts\":[{\"$typeName\":\"shop.Order.Line.Part\",\"sizes\":[1,-2]}]}",
                            "shop.Order.Note {\"text\":\"hé\"}",
                            "shop.Order.Line.Part {\"sizes\":[3,4]}");
        }
    }

    /** Its users' client passes over the indexes, so it reads the first message of a file only. */
    @Test
    void kafkaJsReadsTheFirstMessageOfAFile(RegistryServer registry) throws Exception {
        registry.register("orders-value", "PROTOBUF", PROTO);
        String address = registry.confluent().toString();

        List<String> read = node.run(
                "read-with-kafkajs.cjs",
                List.of(record(address, "shop.Order", "{\"orderId\": 7, \"counts\": {\"a\": 1}, \"state\": \"PAID\"}")),
                address);

        assertThat(read).containsExactly("{\"orderId\":7,\"counts\":{\"a\":1},\"state\":\"PAID\"}");
    }

    private static String record(String registry, String message, String json) throws Exception {
        SchemaOptions options = new SchemaOptions(
                Source.CONFLUENT,
                "",
                Duration.ofMinutes(1),
                "",
                AwsSettings.SDK_DEFAULTS,
                Map.of("schema.registry.url", registry),
                null,
                Map.of("orders", message),
                Framing.CONFLUENT);
        try (TopicSchemas schemas = TopicSchemas.of(options)) {
            TopicSchema schema = schemas.find("orders");
            DynamicMessage.Builder body = DynamicMessage.newBuilder(schema.message());
            JsonFormat.parser().merge(json, body);
            return HexFormat.of()
                    .formatHex(
                            schema.frame().concat(body.build().toByteString()).toByteArray());
        }
    }

    private static StubRegistry.Answer answer(String schema) {
        return new StubRegistry.Answer(
                200,
                JsonNodeFactory.instance
                        .objectNode()
                        .put("id", 7)
                        .put("version", 1)
                        .put("schemaType", "PROTOBUF")
                        .put("schema", schema)
                        .toString());
    }

    private static String compiled(Path directory) throws Exception {
        Program.requireInstalled("protoc", "protobuf-compiler");
        Files.writeString(directory.resolve("orders.proto"), PROTO);
        Path descriptors = directory.resolve("orders.desc");
        Program.run(
                        List.of("protoc", "-I" + directory, "--descriptor_set_out=" + descriptors, "orders.proto"),
                        Map.of(),
                        Program.NOTHING)
                .success();
        return Base64.getEncoder()
                .encodeToString(FileDescriptorSet.parseFrom(Files.readAllBytes(descriptors))
                        .getFile(0)
                        .toByteArray());
    }
}
