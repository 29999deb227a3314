package dev.kafila.mapping.poll;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.kafila.aws.AwsClients;
import dev.kafila.aws.AwsSettings;
import dev.kafila.mapping.Mapping;
import dev.kafila.mapping.Observation;
import dev.kafila.mapping.destination.DestinationClients;
import dev.kafila.sandbox.Invocation;
import dev.kafila.sandbox.SandboxAws;
import dev.kafila.sandbox.SandboxBroker;
import dev.kafila.settings.MappingSettings;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.awaitility.Awaitility;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.EndPointType;
import software.amazon.awssdk.services.lambda.model.EventSourceMappingConfiguration;
import software.amazon.awssdk.services.lambda.model.EventSourcePosition;

/** Pollers of mappings in a context of their own, against the sandbox's broker and AWS. */
final class PollerFixture implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    static final String CLIENT = "client-of-mappings";

    final CamelContext context;
    final SandboxAws aws = SandboxAws.start();
    final Map<Mapping, Integer> wanted = new HashMap<>();
    RoutePollers pollers;
    private final boolean owned;
    private final LambdaClient client;
    private final AwsSettings awsSettings;
    private final DestinationClients destinations;

    PollerFixture() {
        this(new DefaultCamelContext(), true);
        context.start();
    }

    /** Of mappings in a context that somebody else starts and stops. */
    PollerFixture(CamelContext context) {
        this(context, false);
    }

    private PollerFixture(CamelContext context, boolean owned) {
        this.context = context;
        this.owned = owned;
        awsSettings = AwsSettings.of(name -> switch (name) {
            case "region" -> "eu-west-1";
            case "endpoint" -> aws.endpoint().toString();
            case "access-key-id" -> "AKIDEXAMPLE";
            case "secret-access-key" -> "secret";
            default -> null;
        });
        client = AwsClients.lambda(awsSettings, Duration.ofSeconds(60), 20);
        destinations = new DestinationClients(awsSettings);
        context.getRegistry().bind(CLIENT, Object.class, client);
    }

    /** Pollers that may use these. */
    PollerFixture allowing(MappingSettings.Allowed allowed) {
        MappingSettings settings = new MappingSettings(
                true,
                null,
                "123456789012",
                null,
                allowed,
                new MappingSettings.Polling(
                        Duration.ofSeconds(60),
                        5,
                        8 << 20,
                        Duration.ofSeconds(10),
                        200,
                        Duration.ofMillis(100),
                        Duration.ofMillis(200)),
                awsSettings);
        pollers = new RoutePollers(context, settings, CLIENT, destinations);
        return this;
    }

    static MappingSettings.Allowed allowed(String... brokers) {
        return new MappingSettings.Allowed(
                List.of(brokers), Map.of(), List.of(), Map.of(), List.of(), List.of("*"), List.of("*"));
    }

    static String function(String name) {
        return "arn:aws:lambda:eu-west-1:123456789012:function:" + name;
    }

    /** A mapping from the topic of a broker to a function, with what else is to be set. */
    static Mapping mapping(
            String broker, String topic, String function, Consumer<EventSourceMappingConfiguration.Builder> more) {
        String uuid = UUID.randomUUID().toString();
        EventSourceMappingConfiguration.Builder configuration = EventSourceMappingConfiguration.builder()
                .uuid(uuid)
                .functionArn(function(function))
                .topics(topic)
                .selfManagedEventSource(
                        source -> source.endpoints(Map.of(EndPointType.KAFKA_BOOTSTRAP_SERVERS, List.of(broker))))
                .selfManagedKafkaEventSourceConfig(config -> config.consumerGroupId(uuid))
                .startingPosition(EventSourcePosition.TRIM_HORIZON)
                .batchSize(10)
                .maximumBatchingWindowInSeconds(0)
                .maximumRetryAttempts(-1)
                .maximumRecordAgeInSeconds(-1);
        more.accept(configuration);
        return new Mapping(1, Mapping.Wanted.ENABLED, configuration.build(), Map.of());
    }

    static Mapping changed(Mapping mapping, Consumer<EventSourceMappingConfiguration.Builder> change) {
        return new Mapping(
                mapping.version() + 1,
                mapping.wanted(),
                mapping.configuration().toBuilder().applyMutation(change).build(),
                mapping.tags());
    }

    /** Lets these, and no others, run with a number of pollers. */
    void run(int number, Mapping... mappings) {
        wanted.clear();
        for (Mapping mapping : mappings) {
            wanted.put(mapping, number);
        }
        pollers.run(wanted);
    }

    Observation observation(Mapping mapping) {
        pollers.run(wanted);
        return pollers.observe().stream()
                .filter(seen -> seen.uuid().equals(mapping.uuid()))
                .findFirst()
                .orElse(null);
    }

    /** Waits until what is seen of the mapping is like that. */
    void awaitSeen(Mapping mapping, Predicate<Observation> like) {
        await(() -> {
            Observation seen = observation(mapping);
            return seen != null && like.test(seen);
        });
    }

    void awaitReason(Mapping mapping, String reason) {
        awaitSeen(mapping, seen -> reason.equals(seen.reason()));
    }

    void awaitRunning(Mapping mapping, int number) {
        awaitSeen(
                mapping,
                seen -> seen.pollers() == number && seen.reason() == null && seen.version() == mapping.version());
    }

    static void await(Callable<Boolean> condition) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(40))
                .pollInterval(Duration.ofMillis(50))
                .until(condition);
    }

    static void produce(SandboxBroker broker, String topic, int partition, int records) {
        List<Future<?>> sent = new ArrayList<>();
        for (int i = 0; i < records; i++) {
            byte[] value = ("v" + i).getBytes(StandardCharsets.UTF_8);
            sent.add(broker.producer().send(new ProducerRecord<>(topic, partition, null, value)));
        }
        for (Future<?> record : sent) {
            try {
                record.get();
            } catch (ExecutionException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** What the function was invoked with, whatever it answered. */
    List<Invocation> received(String function) {
        return aws.function(function).received();
    }

    /** Of the records of a partition in all that. */
    List<Long> offsets(String function, int partition) {
        return offsets(received(function), partition);
    }

    /** Of those in invocations that succeeded. */
    List<Long> delivered(String function, int partition) {
        return offsets(aws.function(function).delivered(), partition);
    }

    private static List<Long> offsets(List<Invocation> invocations, int partition) {
        List<Long> offsets = new ArrayList<>();
        for (Invocation invocation : invocations) {
            event(invocation)
                    .path("records")
                    .forEach(records -> records.forEach(record -> {
                        if (record.path("partition").asInt() == partition) {
                            offsets.add(record.path("offset").asLong());
                        }
                    }));
        }
        return offsets;
    }

    static JsonNode event(Invocation invocation) {
        try {
            return JSON.readTree(invocation.text());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        if (pollers != null) {
            pollers.close();
        }
        if (owned) {
            context.stop();
        }
        client.close();
        destinations.close();
        aws.close();
    }
}
