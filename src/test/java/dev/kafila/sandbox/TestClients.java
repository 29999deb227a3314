package dev.kafila.sandbox;

import java.time.Duration;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;

/** AWS's own clients for the sandbox's AWS; they do not retry. */
final class TestClients {
    private TestClients() {}

    static EventBridgeClient events(SandboxAws aws) {
        return events(aws, Duration.ofSeconds(20));
    }

    static EventBridgeClient events(SandboxAws aws, Duration timeout) {
        return EventBridgeClient.builder()
                .endpointOverride(aws.endpoint())
                .region(Region.EU_CENTRAL_1)
                .credentialsProvider(
                        StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIDSANDBOX", "secret")))
                .httpClientBuilder(ApacheHttpClient.builder().socketTimeout(timeout))
                .overrideConfiguration(config -> config.retryStrategy(AwsRetryStrategy.doNotRetry()))
                .build();
    }
}
