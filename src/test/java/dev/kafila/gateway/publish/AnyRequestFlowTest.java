package dev.kafila.gateway.publish;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.databind.JsonNode;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.TypeRegistry;
import com.google.protobuf.util.JsonFormat;
import dev.kafila.gateway.protobuf.AnyBody;
import dev.kafila.gateway.protobuf.ProtoText;
import dev.kafila.gateway.request.ChangedText;
import dev.kafila.sandbox.SandboxBroker;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import net.jqwik.api.statistics.Statistics;
import org.apache.camel.Exchange;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.utils.Utils;

/** Whatever is sent to the route: bad input is a 400, and there is a record, that one, for each 200 and for nothing else. */
class AnyRequestFlowTest {
    private static final String TOPIC = "any";
    private static final TopicPartition PARTITION = new TopicPartition(TOPIC, 0);

    private static final String SCHEMA = """
        syntax = "proto3"; package shop;
        import "google/protobuf/any.proto"; import "google/protobuf/struct.proto";
        import "google/protobuf/timestamp.proto"; import "google/protobuf/wrappers.proto";
        message Order {
          int32 id = 1; uint64 total = 2; double price = 3; bool paid = 4; string customer_name = 5; bytes photo = 6;
          Status status = 7; repeated Order parts = 8; map<string, string> attributes = 9; map<int32, Order> by_number = 10;
          oneof payment { string card = 11; float cash = 12; } google.protobuf.Timestamp at = 13;
          google.protobuf.Value thing = 14; google.protobuf.Any other = 15; google.protobuf.UInt64Value limit = 16;
        }
        enum Status { NEW = 0; SENT = 1; }
        """;
    private static final Descriptor ORDER = ProtoText.message(SCHEMA);
    private static final TypeRegistry TYPES =
            TypeRegistry.newBuilder().add(ORDER).build();

    private static final List<String> PARTS = List.of(
            "{",
            "}",
            "[",
            "]",
            ",",
            ":",
            "\"",
            "\\",
            "\\ud83d",
            "\u00e9",
            "\ud83d\ude00",
            "null",
            "true",
            "-0",
            "1e5",
            "7",
            " ",
            "\"key\":\"k\",",
            "\"headers\":null,",
            "\"body\":{\"id\":7},");
    private static final List<String> TEXTS = List.of("", "k", "a-b=c,d", "\u00e9\ud83d\ude00", "\0", "\"");

    private static SandboxBroker broker;
    private static Path directory;
    private static GatewayFlow flow;
    private static KafkaConsumer<byte[], byte[]> consumer;

    @BeforeContainer
    static void start() throws Exception {
        broker = SandboxBroker.start();
        broker.createTopic(TOPIC, 1);
        directory = Files.createTempDirectory("schemas");
        flow = new GatewayFlow(directory, broker.bootstrapServers());
        flow.schema(TOPIC, SCHEMA);
        flow.with("kafila.gateway.topics", TOPIC).start();
        consumer = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        broker.bootstrapServers(),
                        "auto.offset.reset",
                        "earliest",
                        // Else the question for the end waits behind a fetch that waits for more.
                        "fetch.max.wait.ms",
                        1),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        consumer.assign(List.of(PARTITION));
    }

    @AfterContainer
    static void stop() throws IOException {
        consumer.close();
        flow.close();
        broker.close();
        Utils.delete(directory.toFile());
    }

    @Provide
    Arbitrary<byte[]> requests() {
        return Arbitraries.randomValue(random -> {
            String text = random.nextInt(4) > 0
                    ? request(random)
                    : "[" + request(random) + "," + request(random) + "," + request(random) + "]";
            return ChangedText.of(text, PARTS, random);
        });
    }

    @Property(tries = 300)
    void badInputIsA400AndEach200IsOneRecord(@ForAll("requests") byte[] json) throws Exception {
        Exchange exchange = flow.send(form(json), Map.of());

        JsonNode answer = GatewayFlow.answer(exchange);
        int status = exchange.getMessage().getHeader(Exchange.HTTP_RESPONSE_CODE, Integer.class);
        assertThat(status).isIn(answer.isArray() ? List.of(200, 207) : List.of(200, 400));
        assertThat(written()).isEqualTo(expected(json, answer));
        Statistics.coverage(coverage -> coverage.check("200").percentage(share -> share > 5));
    }

    /** The records of those requests that were answered 200; the others were answered 400. */
    private static List<Written> expected(byte[] json, JsonNode answer) throws InvalidProtocolBufferException {
        List<JsonNode> answers = new ArrayList<>();
        (answer.isArray() ? answer : List.of(answer)).forEach(answers::add);
        List<Written> expected = new ArrayList<>();
        for (int i = 0; i < answers.size(); i++) {
            String status = answers.get(i).path("statusCode").textValue();
            Statistics.collect(status);
            assertThat(status).isIn("200", "400");
            if (status.equals("200")) {
                JsonElement sent = JsonParser.parseString(new String(json, StandardCharsets.UTF_8));
                expected.add(Written.of(answer.isArray() ? sent.getAsJsonArray().get(i) : sent));
            }
        }
        return expected;
    }

    private static List<Written> written() {
        long end = consumer.endOffsets(List.of(PARTITION)).get(PARTITION);
        List<Written> written = new ArrayList<>();
        while (consumer.position(PARTITION) < end) {
            consumer.poll(Duration.ofMillis(100)).forEach(record -> written.add(Written.of(record)));
        }
        return written;
    }

    private record Written(String key, Map<String, String> headers, ByteString value) {
        /** By Gson, which the route does not read with, and which keeps numbers as they are written, too. */
        static Written of(JsonElement json) throws InvalidProtocolBufferException {
            JsonObject request = json.getAsJsonObject();
            DynamicMessage.Builder message = DynamicMessage.newBuilder(ORDER);
            JsonFormat.parser()
                    .usingTypeRegistry(TYPES)
                    .merge(request.get("body").toString(), message);
            Map<String, String> headers = new LinkedHashMap<>();
            if (request.get("headers") instanceof JsonObject object) {
                object.entrySet()
                        .forEach(header ->
                                headers.put(header.getKey(), header.getValue().getAsString()));
            }
            String key = request.get("key") instanceof JsonPrimitive text ? text.getAsString() : null;
            return new Written(key, headers, message.build().toByteString());
        }

        static Written of(ConsumerRecord<byte[], byte[]> record) {
            Map<String, String> headers = new LinkedHashMap<>();
            record.headers().forEach(header -> headers.put(header.key(), text(header.value())));
            return new Written(text(record.key()), headers, ByteString.copyFrom(record.value()));
        }

        private static String text(byte[] bytes) {
            return bytes == null ? null : new String(bytes, StandardCharsets.UTF_8);
        }
    }

    private static Object form(byte[] json) {
        return switch (json.length % 3) {
            case 0 -> json;
            case 1 -> new ByteArrayInputStream(json);
            default -> new String(json, StandardCharsets.UTF_8);
        };
    }

    private static String request(Random random) {
        List<String> members = new ArrayList<>();
        if (random.nextInt(10) > 0) {
            members.add("\"topicName\":\"" + (random.nextInt(10) > 0 ? TOPIC : "other") + "\"");
        }
        members.add("\"body\":" + AnyBody.of(ORDER, random));
        if (random.nextBoolean()) {
            members.add("\"key\":" + text(random));
        }
        if (random.nextBoolean()) {
            members.add("\"headers\":{" + text(random) + ":" + text(random) + "}");
        }
        return "{" + String.join(",", members) + "}";
    }

    private static String text(Random random) {
        String text = TEXTS.get(random.nextInt(TEXTS.size()));
        return "\"" + String.valueOf(JsonStringEncoder.getInstance().quoteAsString(text)) + "\"";
    }
}
