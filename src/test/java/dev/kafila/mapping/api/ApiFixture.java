package dev.kafila.mapping.api;

import dev.kafila.aws.AwsSettings;
import dev.kafila.settings.MappingSettings;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.CreateEventSourceMappingRequest;
import software.amazon.awssdk.services.lambda.model.EndPointType;

/** The API over a store in memory, on a free port. */
public final class ApiFixture implements AutoCloseable {
    static final String FUNCTION = "arn:aws:lambda:eu-central-1:123456789012:function:orders";
    static final String MSK = "arn:aws:kafka:eu-central-1:123456789012:cluster/shop/1";

    /** What the tests may name. */
    static final MappingSettings.Allowed ALLOWED = new MappingSettings.Allowed(
            List.of("one:9092", "two:9092", "SASL_PLAINTEXT://open:9092"),
            Map.of(MSK, List.of("b-1.msk:9098")),
            List.of("https://registry", "arn:aws:glue:*"),
            Map.of("broker", Map.of("username", "u", "password", "p", "certificate", "c", "key", "k")),
            List.of(),
            List.of("arn:aws:lambda:eu-central-1:*"),
            List.of("arn:aws:sqs:*", "arn:aws:sns:*", "arn:aws:s3:*", "kafka://*"));

    private final MemoryStore store;
    private final MappingApi api;

    private ApiFixture(MemoryStore store, MappingApi api) {
        this.store = store;
        this.api = api;
    }

    /** One that asks for no signature. */
    static ApiFixture start() {
        return start(ALLOWED, Map.of());
    }

    /**
     * One with these lists.
     *
     * @param accessKeys none: nobody has to sign
     */
    public static ApiFixture start(MappingSettings.Allowed allowed, Map<String, String> accessKeys) {
        return start(allowed, accessKeys, Clock.systemUTC());
    }

    static ApiFixture start(MappingSettings.Allowed allowed, Map<String, String> accessKeys, Clock clock) {
        MemoryStore store = new MemoryStore();
        MappingSettings settings = settings(allowed);
        MappingService service = MappingService.of(store, settings, Region.EU_CENTRAL_1, clock);
        return new ApiFixture(
                store, MappingApi.start(service, new MappingSettings.Api("127.0.0.1", 0, accessKeys), clock));
    }

    static MappingSettings settings(MappingSettings.Allowed allowed) {
        return new MappingSettings(true, null, "123456789012", null, allowed, null, AwsSettings.SDK_DEFAULTS);
    }

    MemoryStore store() {
        return store;
    }

    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + api.port());
    }

    LambdaClient client() {
        return client("AKID", "secret");
    }

    public LambdaClient client(String accessKeyId, String secretAccessKey) {
        return LambdaClient.builder()
                .endpointOverride(endpoint())
                .region(Region.US_EAST_1)
                .credentialsProvider(
                        StaticCredentialsProvider.create(AwsBasicCredentials.create(accessKeyId, secretAccessKey)))
                .httpClientBuilder(ApacheHttpClient.builder())
                .overrideConfiguration(options -> options.retryStrategy(DefaultRetryStrategy.doNotRetry()))
                .build();
    }

    /** For a mapping of a topic to the function. */
    static CreateEventSourceMappingRequest request(String topic) {
        return CreateEventSourceMappingRequest.builder()
                .functionName("orders")
                .topics(topic)
                .selfManagedEventSource(source ->
                        source.endpoints(Map.of(EndPointType.KAFKA_BOOTSTRAP_SERVERS, List.of("one:9092", "two:9092"))))
                .build();
    }

    @Override
    public void close() {
        api.close();
    }
}
