package dev.kafila.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kafila.Application;
import dev.kafila.Workplace;
import dev.kafila.batch.SharedBroker;
import dev.kafila.sandbox.Answer;
import dev.kafila.sandbox.Invocation;
import dev.kafila.sandbox.SandboxAws;
import dev.kafila.sandbox.SandboxBroker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.CreateEventSourceMappingRequest;
import software.amazon.awssdk.services.lambda.model.EndPointType;
import software.amazon.awssdk.services.lambda.model.ResourceConflictException;
import software.amazon.awssdk.services.lambda.model.ResourceNotFoundException;

/** The whole of it: AWS's own client, the application, a broker and a function. */
@ExtendWith(SharedBroker.class)
@Timeout(120)
class EventSourceMappingTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int PARTITIONS = 2;

    private final SandboxBroker broker;
    private final SandboxAws aws = SandboxAws.start();
    private final String topic = "orders-" + UUID.randomUUID();
    private final List<AutoCloseable> open = new ArrayList<>();
    private int produced;

    @TempDir
    private Path directory;

    EventSourceMappingTest(SandboxBroker broker) {
        this.broker = broker;
    }

    @BeforeEach
    void makeTopic() {
        broker.createTopic(topic, PARTITIONS);
        aws.declareFunctions("on-order");
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : open) {
            each.close();
        }
        aws.close();
    }

    private Application start(Map<String, String> more) throws Exception {
        Map<String, String> settings = new HashMap<>(Map.of(
                "kafila.kafka.brokers", broker.bootstrapServers(),
                "kafila.kafka.properties.heartbeat.interval.ms", "200",
                "kafila.aws.endpoint", aws.endpoint().toString(),
                "kafila.aws.region", "eu-west-1",
                "kafila.aws.access-key-id", "test",
                "kafila.aws.secret-access-key", "test",
                "kafila.mapping.enabled", "true",
                "kafila.mapping.port", "0",
                "kafila.mapping.topic", "mappings-of-" + topic,
                "kafila.mapping.group", "mappings-of-" + topic));
        settings.putAll(more);
        Application application = new Workplace(directory).start(settings);
        open.add(application);
        return application;
    }

    private LambdaClient client(Application application) {
        LambdaClient client = LambdaClient.builder()
                .endpointOverride(URI.create(
                        "http://127.0.0.1:" + application.mappingPort().getAsInt()))
                .region(Region.EU_WEST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
                .httpClient(ApacheHttpClient.create())
                .build();
        open.add(0, client);
        return client;
    }

    private String create(LambdaClient client, Consumer<CreateEventSourceMappingRequest.Builder> more) {
        return client.createEventSourceMapping(request -> {
                    request.functionName("on-order")
                            .topics(topic)
                            .selfManagedEventSource(source -> source.endpoints(
                                    Map.of(EndPointType.KAFKA_BOOTSTRAP_SERVERS, List.of(broker.bootstrapServers()))));
                    more.accept(request);
                })
                .uuid();
    }

    private void produce(int records) throws Exception {
        List<Future<?>> sent = new ArrayList<>();
        for (int i = 0; i < records; i++, produced++) {
            byte[] value = ("order-" + produced).getBytes(StandardCharsets.UTF_8);
            sent.add(broker.producer().send(new ProducerRecord<>(topic, produced % PARTITIONS, null, value)));
        }
        for (Future<?> record : sent) {
            record.get();
        }
    }

    private List<String> values() {
        List<String> values = new ArrayList<>();
        for (Invocation invocation : aws.function("on-order").delivered()) {
            event(invocation)
                    .path("records")
                    .forEach(records -> records.forEach(record -> values.add(new String(
                            Base64.getDecoder().decode(record.path("value").asText()), StandardCharsets.UTF_8))));
        }
        return values;
    }

    private static JsonNode event(Invocation invocation) {
        try {
            return JSON.readTree(invocation.text());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ConditionFactory soon() {
        return await().atMost(60, TimeUnit.SECONDS).pollInterval(Duration.ofMillis(50));
    }

    private void awaitState(LambdaClient client, String uuid, String state) {
        soon().untilAsserted(() -> assertThat(client.getEventSourceMapping(request -> request.uuid(uuid))
                        .state())
                .isEqualTo(state));
    }

    @Test
    void aMappingCarriesRecordsUntilItIsDisabledAndIsGoneWhenItIsDeleted() throws Exception {
        LambdaClient client = client(start(Map.of()));
        produce(10);

        String uuid = create(client, mapping -> {});
        awaitState(client, uuid, "Enabled");
        soon().until(() -> values().size() == 10);
        JsonNode event = event(aws.function("on-order").delivered().get(0));
        assertThat(event.path("eventSource").asText()).isEqualTo("SelfManagedKafka");
        assertThat(event.path("bootstrapServers").asText()).isEqualTo(broker.bootstrapServers());
        soon().untilAsserted(() -> assertThat(client.getEventSourceMapping(request -> request.uuid(uuid))
                        .lastProcessingResult())
                .isEqualTo("OK"));

        client.updateEventSourceMapping(request -> request.uuid(uuid).enabled(false));
        awaitState(client, uuid, "Disabled");
        produce(10);
        client.updateEventSourceMapping(
                request -> request.uuid(uuid).enabled(true).batchSize(1));
        awaitState(client, uuid, "Enabled");
        soon().until(() -> values().size() == 20);
        assertThat(values()).doesNotHaveDuplicates();
        assertThat(aws.function("on-order").delivered().stream().skip(10)).allSatisfy(invocation -> assertThat(
                        event(invocation).path("records").properties())
                .singleElement()
                .satisfies(records -> assertThat(records.getValue()).hasSize(1)));
        soon().until(() -> broker.committed(uuid)
                .equals(Map.of(new TopicPartition(topic, 0), 10L, new TopicPartition(topic, 1), 10L)));

        assertThat(client.deleteEventSourceMapping(request -> request.uuid(uuid))
                        .state())
                .isEqualTo("Deleting");
        soon().untilAsserted(() -> assertThatThrownBy(() -> client.getEventSourceMapping(request -> request.uuid(uuid)))
                .isInstanceOf(ResourceNotFoundException.class));
        assertThat(client.listEventSourceMappings().eventSourceMappings()).isEmpty();
    }

    @Test
    void mappingsAreThereAfterARestartAndGoOnWhereTheyWere() throws Exception {
        Application first = start(Map.of());
        produce(10);
        String uuid = create(client(first), mapping -> mapping.tags(Map.of("team", "shop")));
        soon().until(() -> values().size() == 10);
        first.close();
        produce(10);

        LambdaClient client = client(start(Map.of()));
        soon().until(() -> values().size() == 20);

        assertThat(values()).doesNotHaveDuplicates();
        awaitState(client, uuid, "Enabled");
        assertThat(client.listTags(request -> request.resource(client.getEventSourceMapping(get -> get.uuid(uuid))
                                .eventSourceMappingArn()))
                        .tags())
                .isEqualTo(Map.of("team", "shop"));
    }

    @Test
    void instancesShareThePollersOfAMappingAndAnyOfThemAnswers() throws Exception {
        Application one = start(Map.of());
        Application two = start(Map.of());
        LambdaClient clientOfOne = client(one);
        LambdaClient clientOfTwo = client(two);

        String uuid = create(
                clientOfOne,
                mapping -> mapping.provisionedPollerConfig(
                        pollers -> pollers.minimumPollers(2).maximumPollers(2)));
        awaitState(clientOfTwo, uuid, "Enabled");
        assertThatThrownBy(() -> create(clientOfTwo, mapping -> {}))
                .isInstanceOf(ResourceConflictException.class)
                .hasMessageContaining(uuid);
        soon().untilAsserted(() -> assertThat(List.of(one, two)).allSatisfy(each -> assertThat(
                        Workplace.get(each, "/observe/partitions").body())
                .contains("mapping-" + uuid)));
        produce(20);
        soon().until(() -> values().size() >= 20);
        one.close();
        produce(20);
        soon().until(() -> values().stream().distinct().count() == 40);

        assertThat(values()).doesNotHaveDuplicates();
    }

    @Test
    void aMappingWhoseFunctionIsGoneSaysSoAndHealsWhenItIsBack() throws Exception {
        Application application = start(Map.of("kafila.mapping.probe-interval", "1s"));
        LambdaClient client = client(application);
        aws.function("on-order").byDefault(Answer.status(404, "ResourceNotFoundException"));
        produce(10);

        String uuid = create(client, mapping -> {});

        soon().untilAsserted(() -> assertThat(client.getEventSourceMapping(request -> request.uuid(uuid))
                        .stateTransitionReason())
                .isEqualTo("FUNCTION_CONFIG_NOT_VALID"));
        assertThat(Workplace.get(application, "/observe/health").statusCode())
                .as("the API and other mappings stay in service")
                .isEqualTo(200);
        aws.function("on-order").byDefault(Answer.ok());
        soon().until(() -> values().size() == 10);
        soon().untilAsserted(() -> assertThat(client.getEventSourceMapping(request -> request.uuid(uuid)))
                .satisfies(mapping -> assertThat(mapping.lastProcessingResult()).isEqualTo("OK"))
                .satisfies(
                        mapping -> assertThat(mapping.stateTransitionReason()).isEqualTo("USER_INITIATED")));
    }

    @Test
    void aMappingThatFallsBehindGetsMorePollersAndOneWhoseFunctionIsThrottledFewer() throws Exception {
        Application application =
                start(Map.of("kafila.mapping.scaling-interval", "500ms", "kafila.mapping.max-in-flight", "1"));
        LambdaClient client = client(application);
        aws.function("on-order").byDefault(Answer.slow(Duration.ofMillis(100)));
        produce(400);

        create(client, mapping -> mapping.batchSize(1));
        soon().until(() -> runningPollers(application) == PARTITIONS);

        aws.function("on-order").byDefault(Answer.throttle());
        soon().until(() -> runningPollers(application) == 1);
        aws.function("on-order").byDefault(Answer.ok());
        soon().until(() -> values().stream().distinct().count() == 400);
    }

    private static int runningPollers(Application application) throws Exception {
        return Workplace.get(application, "/observe/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith("kafila_mapping_pollers{") && line.contains("pollers=\"running\""))
                .mapToInt(line -> (int) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }
}
