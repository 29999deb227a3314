package dev.kafila.mapping.schemas;

import static dev.kafila.lambda.LambdaFlow.FUNCTION;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.KafkaEvent;
import com.amazonaws.services.lambda.runtime.events.KafkaEvent.KafkaEventRecord;
import com.amazonaws.services.lambda.runtime.serialization.events.LambdaEventSerializers;
import dev.kafila.aws.AwsSettings;
import dev.kafila.batch.BatchConstants;
import dev.kafila.batch.Outcomes;
import dev.kafila.failure.RetryException;
import dev.kafila.filter.FilterPatterns;
import dev.kafila.lambda.LambdaFlow;
import dev.kafila.record.TestRecords;
import dev.kafila.sandbox.Invocation;
import dev.kafila.sandbox.SandboxAws;
import dev.kafila.schema.GlueRecords;
import dev.kafila.schema.RegistryServer;
import dev.kafila.schema.SharedRegistry;
import dev.kafila.schema.StubRegistry;
import dev.kafila.schema.Wire;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.io.DecoderFactory;
import org.apache.camel.Exchange;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the function of a mapping with a schema registry gets, read as a Java function on AWS reads it. */
@ExtendWith(SharedRegistry.class)
class MappedRecordsTest {
    private static final String GLUE = "arn:aws:glue:us-east-1:123456789012:registry/shop";
    private static final byte[] KEY = "k".getBytes(UTF_8);
    private static final byte[] USER = {14, 6, 'a', 'n', 'n'};

    private final RegistryServer registry;
    private final SandboxAws aws = SandboxAws.start();
    private final LambdaFlow flow = LambdaFlow.to(aws).with("format", "esm").with("onFailure", "drop");
    private final String subject = "users-" + UUID.randomUUID();
    private final List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();

    MappedRecordsTest(RegistryServer registry) {
        this.registry = registry;
        aws.schemas().create("users", "AVRO");
        aws.schemas().create("orders", "PROTOBUF");
    }

    @AfterEach
    void close() {
        flow.close();
        aws.close();
    }

    @Test
    void avroIsDeliveredAsJsonWithItsFormatAndId() throws Exception {
        int id = registry.avro(subject, GlueRecords.USER.toString());
        start(registry.confluent().toString(), "JSON", "VALUE");

        KafkaEventRecord record = delivered(KEY, Wire.confluent(id, USER));

        assertThat(value(record)).asString().isEqualTo("{\"id\":7,\"name\":\"ann\"}");
        assertThat(record.getValueSchemaMetadata().getDataFormat()).isEqualTo("AVRO");
        assertThat(record.getValueSchemaMetadata().getSchemaId()).isEqualTo(String.valueOf(id));
        assertThat(Base64.getDecoder().decode(record.getKey())).isEqualTo(KEY);
        assertThat(record.getKeySchemaMetadata()).isNull();
    }

    @Test
    void avroInItsSourceFormIsWhatAvroItselfReads() throws Exception {
        int id = registry.avro(subject, GlueRecords.USER.toString());
        start(registry.confluent().toString(), "SOURCE", "VALUE");

        KafkaEventRecord record = delivered(KEY, Wire.confluent(id, USER));

        var reader = new GenericDatumReader<>(GlueRecords.USER);
        assertThat(reader.read(null, DecoderFactory.get().binaryDecoder(value(record), null)))
                .hasToString("{\"id\": 7, \"name\": \"ann\"}");
        assertThat(record.getValueSchemaMetadata().getDataFormat()).isEqualTo("AVRO");
        assertThat(record.getValueSchemaMetadata().getSchemaId()).isEqualTo(String.valueOf(id));
    }

    @Test
    void protobufInItsSourceFormKeepsTheIndexOfItsMessage() throws Exception {
        int id = registry.register(
                subject, "PROTOBUF", "syntax = \"proto3\"; message Other {} message User { int32 id = 1; }");
        start(registry.confluent().toString(), "SOURCE", "VALUE");

        KafkaEventRecord record = delivered(KEY, Wire.confluent(id, new byte[] {2, 2}, new byte[] {8, 5}));

        // AWS's own libraries for functions read the index, and take what follows.
        assertThat(value(record)).containsExactly(2, 2, 8, 5);
        assertThat(record.getValueSchemaMetadata().getDataFormat()).isEqualTo("PROTOBUF");
    }

    @Test
    void protobufIsDeliveredAsJson() throws Exception {
        int id = registry.register(
                subject, "PROTOBUF", "syntax = \"proto3\"; message Other {} message User { int32 id = 1; }");
        start(registry.confluent().toString(), "JSON", "VALUE");

        KafkaEventRecord record = delivered(KEY, Wire.confluent(id, new byte[] {2, 2}, new byte[] {8, 5}));

        assertThat(value(record)).asString().isEqualTo("{\"id\":5}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"JSON", "SOURCE"})
    void jsonWithASchemaIsDeliveredAsItWasWritten(String format) throws Exception {
        int id = registry.register(
                subject,
                "JSON",
                "{\"type\":\"object\",\"properties\":{\"b\":{\"type\":\"number\"},\"a\":{\"type\":\"integer\"}}}");
        start(registry.confluent().toString(), format, "VALUE");
        String json = "{ \"b\": 1.50, \"a\": 9007199254740993 }";

        KafkaEventRecord record = delivered(KEY, Wire.confluent(id, json.getBytes(UTF_8)));

        assertThat(value(record)).asString().isEqualTo(json);
        assertThat(record.getValueSchemaMetadata().getDataFormat()).isEqualTo("JSON");
    }

    @ParameterizedTest
    @ValueSource(strings = {"NONE", "ZLIB"})
    void whatGluesSerializerWritesIsDeliveredWithoutItsHeader(String compression) throws Exception {
        start(GLUE, "SOURCE", "VALUE");

        KafkaEvent event = event(KEY, GlueRecords.avro(aws, compression), GlueRecords.protobuf(aws, compression));
        List<KafkaEventRecord> delivered = event.getRecords().get("orders-0");

        assertThat(value(delivered.get(0))).isEqualTo(USER);
        assertThat(delivered.get(0).getValueSchemaMetadata().getDataFormat()).isEqualTo("AVRO");
        assertThat(delivered.get(0).getValueSchemaMetadata().getSchemaId())
                .isEqualTo(aws.schemas()
                        .register("users", GlueRecords.USER.toString())
                        .orElseThrow()
                        .toString());
        assertThat(value(delivered.get(1))).containsExactly(1, 8, 5, 18, 3, 'z', 'o', 'e');
        assertThat(delivered.get(1).getValueSchemaMetadata().getDataFormat()).isEqualTo("PROTOBUF");
    }

    @Test
    void whatGluesSerializerWritesIsDeliveredAsJson() throws Exception {
        start(GLUE, "JSON", "VALUE");

        KafkaEvent event = event(KEY, GlueRecords.avro(aws, "ZLIB"), GlueRecords.protobuf(aws, "NONE"));

        assertThat(event.getRecords().get("orders-0"))
                .extracting(record -> new String(value(record), UTF_8))
                .containsExactly("{\"id\":7,\"name\":\"ann\"}", "{\"id\":5,\"name\":\"zoe\"}");
    }

    @Test
    void onlyTheAttributesThatAreNamedAreRead() throws Exception {
        int id = registry.avro(subject, "\"string\"");
        start(registry.confluent().toString(), "JSON", "KEY");
        byte[] value = {0, 0, 0, 0, 99, (byte) 0xff};

        KafkaEventRecord record = delivered(Wire.confluent(id, new byte[] {2, 'x'}), value);

        assertThat(Base64.getDecoder().decode(record.getKey())).asString().isEqualTo("\"x\"");
        assertThat(record.getKeySchemaMetadata().getSchemaId()).isEqualTo(String.valueOf(id));
        assertThat(value(record)).isEqualTo(value);
        assertThat(record.getValueSchemaMetadata()).isNull();
    }

    @Test
    void keyAndValueMayBothBeRead() throws Exception {
        int id = registry.avro(subject, "\"string\"");
        start(registry.confluent().toString(), "SOURCE", "KEY", "VALUE");

        KafkaEventRecord record =
                delivered(Wire.confluent(id, new byte[] {2, 'x'}), Wire.confluent(id, new byte[] {2, 'y'}));

        assertThat(Base64.getDecoder().decode(record.getKey())).containsExactly(2, 'x');
        assertThat(value(record)).containsExactly(2, 'y');
        assertThat(record.getKeySchemaMetadata().getDataFormat()).isEqualTo("AVRO");
    }

    @Test
    void aTombstoneHasNoSchemaAndIsDelivered() throws Exception {
        start(registry.confluent().toString(), "JSON", "KEY", "VALUE");

        KafkaEventRecord record = delivered(null, null);

        assertThat(record.getKey()).isNull();
        assertThat(record.getValue()).isNull();
        assertThat(record.getValueSchemaMetadata()).isNull();
    }

    @Test
    void whatIsNotOfTheRegistryAndItsSchemasIsGivenUpAloneAndItsNeighboursGoOn() throws Exception {
        int id = registry.avro(subject, GlueRecords.USER.toString());
        start(registry.confluent().toString(), "SOURCE", "VALUE");

        Exchange exchange = send(
                KEY,
                "no frame".getBytes(UTF_8),
                Wire.confluent(id, USER),
                Wire.confluent(99_999, USER),
                Wire.confluent(id, new byte[] {14, 6}),
                Wire.glue(USER),
                Wire.confluent(id, USER));

        assertThat(exchange.getException()).isNull();
        assertThat(exchange.getProperty(BatchConstants.OUTCOMES, Outcomes.class))
                .isEqualTo(new Outcomes(2, 0, 4, 0));
        assertThat(event().getRecords().get("orders-0"))
                .extracting(KafkaEventRecord::getOffset)
                .containsExactly(1L, 5L);
        assertThat(aws.schemas().received()).isEmpty();
    }

    @Test
    void aJsonDocumentThatBreaksARuleOfItsSchemaIsGivenUpAlone() throws Exception {
        int id = registry.register(
                subject, "JSON", "{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"integer\",\"minimum\":1}}}");
        start(registry.confluent().toString(), "JSON", "VALUE");

        Exchange exchange = send(
                KEY,
                Wire.confluent(id, "{\"a\":1}".getBytes(UTF_8)),
                Wire.confluent(id, "{\"a\":0}".getBytes(UTF_8)),
                Wire.confluent(id, "{\"a\":2,\"b\":[]}".getBytes(UTF_8)));

        assertThat(exchange.getProperty(BatchConstants.OUTCOMES, Outcomes.class))
                .isEqualTo(new Outcomes(2, 0, 1, 0));
        assertThat(event().getRecords().get("orders-0"))
                .extracting(KafkaEventRecord::getOffset)
                .containsExactly(0L, 2L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"JSON", "SOURCE"})
    void aFilterSeesTheDecodedValueInEitherForm(String format) throws Exception {
        int id = registry.avro(subject, GlueRecords.USER.toString());
        flow.with(
                "filter",
                FilterPatterns.option(
                        List.of("{\"value\":{\"id\":[9]}}", "{\"value\":{\"name\":[{\"prefix\":\"a\"}]}}")));
        start(registry.confluent().toString(), format, "VALUE");

        Exchange exchange = send(
                KEY,
                Wire.confluent(id, USER),
                Wire.confluent(id, new byte[] {16, 6, 'b', 'o', 'b'}),
                Wire.confluent(id, new byte[] {18, 6, 'b', 'o', 'b'}));

        assertThat(exchange.getProperty(BatchConstants.OUTCOMES, Outcomes.class))
                .isEqualTo(new Outcomes(2, 1, 0, 0));
        assertThat(event().getRecords().get("orders-0"))
                .extracting(KafkaEventRecord::getOffset)
                .containsExactly(0L, 2L);
    }

    @Test
    void aRegistryThatIsAwayIsNoFaultOfTheRecord() throws Exception {
        try (StubRegistry away = StubRegistry.start()) {
            flow.with("maxAttempts", "1");
            start(away.url(), "JSON", "VALUE");

            Exchange exchange = send(KEY, Wire.confluent(7, USER));

            assertThat(exchange.getException()).isInstanceOf(RetryException.class);
            assertThat(aws.function(FUNCTION).count()).isZero();
        }
    }

    private void start(String uri, String format, String... attributes) throws Exception {
        SchemaOptions.of(Registries.mapping(uri, format, attributes), AwsSettings.SDK_DEFAULTS, secret -> null)
                .forEach(flow::with);
        flow.start("classpath:routes/lambda-dead-letters.camel.yaml", "lambda-dead-letters");
    }

    private KafkaEventRecord delivered(byte[] key, byte[] value) throws Exception {
        return event(key, value).getRecords().get("orders-0").get(0);
    }

    private KafkaEvent event(byte[] key, byte[]... values) throws Exception {
        assertThat(send(key, values).getException()).isNull();
        return event();
    }

    private Exchange send(byte[] key, byte[]... values) throws Exception {
        Arrays.stream(values)
                .forEach(value -> records.add(TestRecords.record(records.size(), key, value, new RecordHeaders())));
        return flow.send(null, records).get(30, TimeUnit.SECONDS);
    }

    /** The only one there is. */
    private KafkaEvent event() {
        List<Invocation> invocations = aws.function(FUNCTION).received();
        assertThat(invocations).hasSize(1);
        return LambdaEventSerializers.serializerFor(KafkaEvent.class, getClass().getClassLoader())
                .fromJson(invocations.get(0).text());
    }

    private static byte[] value(KafkaEventRecord record) {
        return Base64.getDecoder().decode(record.getValue());
    }
}
