package dev.kafila.reload;

import static dev.kafila.Workplace.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kafila.Application;
import dev.kafila.Workplace;
import dev.kafila.batch.Ledger;
import dev.kafila.sandbox.Answer;
import dev.kafila.sandbox.Invocation;
import dev.kafila.sandbox.SandboxAws;
import dev.kafila.sandbox.SandboxBroker;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Route;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The flow to Lambda is edited while records flow through it, from a real broker over HTTP. */
class ReloadUnderLoadTest {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final int PARTITIONS = 2;

    @TempDir
    Path directory;

    private final SandboxBroker broker = SandboxBroker.start();
    private final SandboxAws aws = SandboxAws.start();
    private final AtomicBoolean producing = new AtomicBoolean(true);
    private final AtomicInteger sent = new AtomicInteger();
    private Workplace place;
    private String flow;
    private Application application;

    @BeforeEach
    void start() throws Exception {
        place = new Workplace(directory);
        flow = Files.readString(Path.of("routes/kafka-to-lambda.camel.yaml"));
        place.routes("kafka-to-lambda", flow);
        broker.createTopic("orders", PARTITIONS);
        broker.createTopic("orders-dlt", 1);
        Map<String, String> settings = new HashMap<>();
        settings.put("kafila.kafka.brokers", broker.bootstrapServers());
        settings.put("kafila.aws.endpoint", aws.endpoint().toString());
        settings.put("kafila.aws.region", "eu-west-1");
        settings.put("kafila.aws.access-key-id", "id");
        settings.put("kafila.aws.secret-access-key", "secret");
        settings.put("kafila.lambda.topics", "orders");
        settings.put("kafila.lambda.function", "f");
        settings.put("kafila.lambda.format", "plain");
        settings.put("kafila.lambda.linger", "10ms");
        settings.put("kafila.lambda.batch-size", "20");
        settings.put("kafila.lambda.on-failure", "dead-letter");
        settings.put("kafila.lambda.dead-letter", "kafka:orders-dlt?brokers=" + broker.bootstrapServers());
        application = place.start(settings);
    }

    @AfterEach
    void stop() throws Exception {
        producing.set(false);
        try (broker;
                aws) {
            application.close();
        }
    }

    @Test
    void editsWhileRecordsFlowLoseAndDeadLetterNothing() throws Exception {
        aws.function("f").byDefault(Answer.slow(Duration.ofMillis(20)));
        CompletableFuture<Void> producer = CompletableFuture.runAsync(this::produce);

        edit(flow.replace("Lambda function", "Lambda function, first edit"));
        refuse(flow + "\n- route: [");
        edit(flow.replace("Lambda function", "Lambda function, second edit"));
        deleteFileOfTheDirectory();
        producing.set(false);
        producer.join();

        await().atMost(SOON).untilAsserted(() -> assertThat(committed()).isEqualTo(broker.endOffsets("orders")));
        assertThat(firstDeliveries()).hasSize(sent.get());
        assertThat(broker.records("orders-dlt")).isEmpty();
        assertThat(Ledger.of(application.camelContext()).entries())
                .hasSize(PARTITIONS)
                .allMatch(Ledger.Entry::balanced)
                .extracting(Ledger.Entry::delivered)
                .satisfies(delivered -> assertThat(
                                delivered.stream().mapToLong(Long::longValue).sum())
                        .isGreaterThanOrEqualTo(sent.get()));
    }

    @Test
    void aBatchThatWaitsForItsNextAttemptIsGivenUpAtOnceAndDeliveredByTheReplacement() throws Exception {
        aws.function("f").byDefault(Answer.throttle(Duration.ofSeconds(30)));
        send(3);
        await().atMost(SOON).until(() -> aws.function("f").count() > 0);
        aws.function("f").byDefault(Answer.ok());

        edit(flow.replace("Lambda function", "Lambda function, edited"));

        // Far from the 30 s that the batch would have waited.
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(committed()).isEqualTo(broker.endOffsets("orders")));
        assertThat(firstDeliveries()).hasSize(3);
        assertThat(broker.records("orders-dlt")).isEmpty();
    }

    private void edit(String yaml) throws Exception {
        Route before = application.camelContext().getRoute("kafka-to-lambda");
        place.routes("kafka-to-lambda", yaml);
        awaitReplacementOf(before);
    }

    private void deleteFileOfTheDirectory() throws Exception {
        Route before = application.camelContext().getRoute("kafka-to-lambda");
        Files.delete(place.routeFile("kafka-to-lambda"));
        awaitReplacementOf(before);
    }

    private void awaitReplacementOf(Route before) {
        await().atMost(SOON).until(() -> {
            Route now = application.camelContext().getRoute("kafka-to-lambda");
            return now != null && now != before;
        });
        int delivered = aws.function("f").delivered().size();
        if (producing.get() && sent.get() > 3) {
            await().atMost(SOON).until(() -> aws.function("f").delivered().size() > delivered);
        }
    }

    private void refuse(String yaml) throws Exception {
        Route before = application.camelContext().getRoute("kafka-to-lambda");
        place.routes("kafka-to-lambda", yaml);
        await().atMost(SOON)
                .untilAsserted(() ->
                        assertThat(get(application, "/observe/health").body()).contains("not reloaded"));
        assertThat(application.camelContext().getRoute("kafka-to-lambda")).isSameAs(before);
    }

    private void produce() {
        while (producing.get()) {
            send(10);
        }
    }

    private void send(int records) {
        List<Future<?>> all = new ArrayList<>();
        for (int i = 0; i < records; i++) {
            byte[] value = ("v" + sent.getAndIncrement()).getBytes(StandardCharsets.UTF_8);
            all.add(broker.producer().send(new ProducerRecord<>("orders", i % PARTITIONS, null, value)));
        }
        for (Future<?> one : all) {
            try {
                one.get();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private Map<TopicPartition, Long> committed() {
        return broker.committed("kafila-lambda");
    }

    /** The values, asserting that each partition's records were first delivered in order. */
    private List<String> firstDeliveries() throws IOException {
        Map<Integer, Long> last = new TreeMap<>();
        List<String> values = new ArrayList<>();
        for (Invocation invocation : aws.function("f").delivered()) {
            for (JsonNode record : new ObjectMapper().readTree(invocation.text())) {
                int partition = record.get("partition").asInt();
                long offset = record.get("offset").asLong();
                long expected = last.getOrDefault(partition, -1L) + 1;
                assertThat(offset).isLessThanOrEqualTo(expected);
                if (offset == expected) {
                    last.put(partition, offset);
                    values.add(record.get("value").asText());
                }
            }
        }
        return values;
    }
}
