package dev.kafila.functions;

import static dev.kafila.record.TestRecords.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kafila.Application;
import dev.kafila.Workplace;
import dev.kafila.sandbox.FunctionConfiguration;
import dev.kafila.sandbox.SandboxAws;
import dev.kafila.sandbox.SandboxBroker;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** From a broker through the flow of the jar to functions in processes of their own, and back into a topic. */
@Timeout(120)
class RealFunctionTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static SandboxBroker broker;
    private static SandboxAws aws;
    private static FunctionProcess orders;
    private static FunctionProcess customers;
    private static int number;

    private final String topic = "source-" + number++;
    private final String answers = topic + "-answers";

    @TempDir
    private Path directory;

    private Application application;

    @BeforeAll
    static void start(@TempDir Path logs) throws Exception {
        aws = SandboxAws.start();
        orders = FunctionProcess.start("orders", OrdersFunction.class, aws.runtime("orders"), logs);
        customers = FunctionProcess.start("customers", CustomersFunction.class, aws.runtime("customers"), logs);
        for (String function : List.of("orders", "customers")) {
            aws.function(function).configure(FunctionConfiguration.DEFAULT.withTimeout(Duration.ofSeconds(30)));
        }
        broker = SandboxBroker.start();
    }

    @AfterAll
    static void stop() throws Exception {
        orders.close();
        customers.close();
        broker.close();
        aws.close();
    }

    @AfterEach
    void close() throws Exception {
        if (application != null) {
            application.close();
        }
    }

    @Test
    void aFunctionOfAnEventSourceMappingReadsTheEventAndItsAnswerIsReported() throws Exception {
        run(Map.of("kafila.lambda.function", "orders", "kafila.lambda.response-topic", answers));

        send("k", "première");
        send(null, "second");

        await().atMost(1, TimeUnit.MINUTES).until(() -> committed() == 2);
        assertThat(results())
                .extracting(result -> result.path("offset").asLong())
                .containsExactly(0L, 1L);
        assertThat(results())
                .allSatisfy(result ->
                        assertThat(result.at("/value/function").asText()).isEqualTo("orders"));
        assertThat(results().toString())
                .contains(topic + "-0@0 k=première trace:é", topic + "-0@1 null=second trace:é");
        assertThat(orders.output()).contains("saw ");
    }

    @Test
    void aFunctionOfConfluentsConnectorAnswersEachRecordInAnyOrder() throws Exception {
        run(Map.of(
                "kafila.lambda.function", "customers",
                "kafila.lambda.format", "confluent",
                "kafila.lambda.response-topic", answers));

        send("a", "Ann");
        send("b", "Bob");

        await().atMost(1, TimeUnit.MINUTES).until(() -> committed() == 2);
        assertThat(results())
                .extracting(
                        result -> result.path("key").asText(),
                        result -> result.path("offset").asLong(),
                        result -> result.at("/value/greeting").asText())
                .containsExactly(tuple("a", 0L, "Hello Ann"), tuple("b", 1L, "Hello Bob"));
    }

    @Test
    void aFunctionThatThrowsFailsAndIsAskedAgain() throws Exception {
        run(Map.of(
                "kafila.lambda.function", "orders",
                "kafila.lambda.batch", "false",
                "kafila.lambda.max-attempts", "2",
                "kafila.lambda.retry-delay", "10ms",
                "kafila.lambda.on-failure", "drop",
                "kafila.lambda.response-topic", answers));
        long before = aws.function("orders").count();

        send("k", "good");
        send("k", "poison");
        send("k", "good too");

        await().atMost(1, TimeUnit.MINUTES).until(() -> committed() == 3);
        assertThat(aws.function("orders").count() - before).isEqualTo(4);
        assertThat(results())
                .extracting(result -> result.path("offset").asLong())
                .containsExactly(0L, 2L);
    }

    private void run(Map<String, String> more) throws Exception {
        broker.createTopic(topic, 1);
        broker.createTopic(answers, 1);
        Map<String, String> settings = new HashMap<>(Map.of(
                "kafila.kafka.brokers",
                broker.bootstrapServers(),
                "kafila.aws.endpoint",
                aws.endpoint().toString(),
                "kafila.aws.region",
                "eu-west-1",
                "kafila.aws.access-key-id",
                "AKIDEXAMPLE",
                "kafila.aws.secret-access-key",
                "secret",
                "kafila.lambda.topics",
                topic,
                "kafila.lambda.group",
                topic,
                "kafila.lambda.linger",
                "100ms"));
        settings.putAll(more);
        application = new Workplace(directory).start(settings);
    }

    private void send(String key, String value) throws Exception {
        ProducerRecord<byte[], byte[]> record =
                new ProducerRecord<>(topic, 0, key == null ? null : utf8(key), utf8(value));
        record.headers().add(new RecordHeader("trace", utf8("é")));
        broker.producer().send(record).get();
    }

    private long committed() {
        return broker.committed(topic).getOrDefault(new TopicPartition(topic, 0), -1L);
    }

    private List<JsonNode> results() throws Exception {
        List<JsonNode> results = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : broker.records(answers)) {
            results.add(JSON.readTree(record.value()));
        }
        return results;
    }
}
