package dev.kafila.faults;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.CreateEventSourceMappingRequest;
import software.amazon.awssdk.services.lambda.model.EndPointType;
import software.amazon.awssdk.services.lambda.model.EventSourceMappingConfiguration;
import software.amazon.awssdk.services.lambda.model.GetEventSourceMappingResponse;
import software.amazon.awssdk.services.lambda.model.ResourceNotFoundException;

/** What a user of event source mappings does, with AWS's own client. */
public final class MappingClient implements AutoCloseable {
    private final LambdaClient lambda;
    private final String brokers;

    /** @param brokers that mappings read from */
    public MappingClient(URI api, String brokers) {
        this.brokers = brokers;
        lambda = LambdaClient.builder()
                .endpointOverride(api)
                .region(Region.EU_CENTRAL_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
                .httpClient(ApacheHttpClient.create())
                .build();
    }

    /** Returns the id of a new mapping of the bench's topic, group and function. */
    String create(Bench bench, Consumer<CreateEventSourceMappingRequest.Builder> more) {
        return create(request -> {
            request.functionName(bench.function.name())
                    .topics(Bench.TOPIC)
                    .selfManagedKafkaEventSourceConfig(config -> config.consumerGroupId(Bench.GROUP))
                    .batchSize(Bench.BATCH)
                    .maximumBatchingWindowInSeconds(0);
            more.accept(request);
        });
    }

    /** Returns the id of a new mapping, of which the brokers alone are given. */
    public String create(Consumer<CreateEventSourceMappingRequest.Builder> mapping) {
        return lambda.createEventSourceMapping(request -> {
                    request.selfManagedEventSource(source -> source.endpoints(
                            Map.of(EndPointType.KAFKA_BOOTSTRAP_SERVERS, List.of(brokers.split(",")))));
                    mapping.accept(request);
                })
                .uuid();
    }

    public String state(String uuid) {
        return get(uuid).state();
    }

    GetEventSourceMappingResponse get(String uuid) {
        return lambda.getEventSourceMapping(request -> request.uuid(uuid));
    }

    public void enable(String uuid, boolean enabled) {
        lambda.updateEventSourceMapping(request -> request.uuid(uuid).enabled(enabled));
    }

    public void batchSize(String uuid, int records) {
        lambda.updateEventSourceMapping(request -> request.uuid(uuid).batchSize(records));
    }

    public void delete(String uuid) {
        lambda.deleteEventSourceMapping(request -> request.uuid(uuid));
    }

    public boolean isGone(String uuid) {
        try {
            get(uuid);
            return false;
        } catch (ResourceNotFoundException e) {
            return true;
        }
    }

    public List<String> list() {
        return lambda.listEventSourceMappings().eventSourceMappings().stream()
                .map(EventSourceMappingConfiguration::uuid)
                .toList();
    }

    @Override
    public void close() {
        lambda.close();
    }
}
