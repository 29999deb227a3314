package dev.kafila.bench;

import dev.kafila.aws.AwsClients;
import dev.kafila.aws.AwsSettings;
import dev.kafila.eventbridge.SampleEntries;
import dev.kafila.format.PayloadBuffer;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsAsyncClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.eventbridge.EventBridgeAsyncClient;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequest;
import software.amazon.awssdk.services.lambda.LambdaAsyncClient;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.InvokeRequest;

/** The same request again and again, with the bytes that Kafila sends, by the AWS SDK and nothing else. */
final class SdkCalls {
    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final String KEY = "test";

    private final URI endpoint;
    private final int concurrency;

    SdkCalls(URI endpoint, int concurrency) {
        this.endpoint = endpoint;
        this.concurrency = concurrency;
    }

    /**
     * Makes what calls once and returns at once, with an answer to come.
     *
     * @param async     the SDK's asynchronous client as it comes; if not, Kafila's client, on as many threads
     * @param operation {@code invoke} or {@code putevents}
     * @param batch     records of a request
     * @param bytes     of a record's value
     */
    Supplier<CompletableFuture<?>> of(boolean async, String operation, int batch, int bytes) {
        return switch (operation) {
            case "invoke" -> invoke(async, batch, bytes);
            case "putevents" -> putEvents(async, batch, bytes);
            default ->
                throw new IllegalArgumentException("operation=" + operation + " is neither invoke nor putevents");
        };
    }

    private Supplier<CompletableFuture<?>> invoke(boolean async, int batch, int bytes) {
        PayloadBuffer buffer = new PayloadBuffer(Pipelines.PAYLOAD_LIMIT);
        Pipelines.writing("esm").assemble(Samples.records(batch, bytes), false, buffer);
        InvokeRequest.Builder template =
                InvokeRequest.builder().functionName("bench").payload(SdkBytes.fromByteArray(buffer.toByteArray()));
        if (async) {
            LambdaAsyncClient client = asynchronous(LambdaAsyncClient.builder());
            return () -> client.invoke(template.build());
        }
        LambdaClient client = AwsClients.lambda(settings(endpoint.toString()), TIMEOUT, concurrency);
        return onThreads(() -> client.invoke(template.build()));
    }

    private Supplier<CompletableFuture<?>> putEvents(boolean async, int batch, int bytes) {
        PutEventsRequest.Builder template = PutEventsRequest.builder().entries(SampleEntries.of("bench", batch, bytes));
        if (async) {
            EventBridgeAsyncClient client = asynchronous(EventBridgeAsyncClient.builder());
            return () -> client.putEvents(template.build());
        }
        EventBridgeClient client = AwsClients.eventBridge(settings(endpoint.toString()), TIMEOUT, concurrency);
        return onThreads(() -> client.putEvents(template.build()));
    }

    private Supplier<CompletableFuture<?>> onThreads(Supplier<?> call) {
        ExecutorService threads = Executors.newFixedThreadPool(concurrency);
        return () -> CompletableFuture.supplyAsync(call, threads);
    }

    private <B extends AwsClientBuilder<B, C> & AwsAsyncClientBuilder<B, C>, C> C asynchronous(B builder) {
        return builder.httpClientBuilder(NettyNioAsyncHttpClient.builder().maxConcurrency(concurrency))
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(KEY, KEY)))
                .region(Region.EU_CENTRAL_1)
                .endpointOverride(endpoint)
                .overrideConfiguration(with -> with.retryStrategy(AwsRetryStrategy.doNotRetry()))
                .build();
    }

    /** How Kafila's clients reach an endpoint of the benchmark. */
    static AwsSettings settings(String endpoint) {
        return AwsSettings.of(Map.of(
                "endpoint", endpoint,
                "region", Region.EU_CENTRAL_1.id(),
                "access-key-id", KEY,
                "secret-access-key", KEY)::get);
    }
}
