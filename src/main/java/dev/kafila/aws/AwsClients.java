package dev.kafila.aws;

import java.net.URI;
import java.time.Duration;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.client.builder.SdkSyncClientBuilder;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.ServiceMetadata;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * Makes every client for AWS. A client sends one request for one call: attempts are counted by who calls, so the SDK's own retries are
 * off. Closing a client closes its connections, its credentials and the STS client behind them.
 */
public final class AwsClients {

    private AwsClients() {}

    /**
     * Makes a client of Lambda, which whoever asks for it has to close.
     *
     * @param timeout     of one call, from the request to the last byte of the answer
     * @param connections calls that may be out at the same time
     * @throws AwsSettingsException when the settings contradict each other, or nothing names a region
     */
    public static LambdaClient lambda(AwsSettings settings, Duration timeout, int connections) {
        return client(LambdaClient.builder(), settings, timeout, connections);
    }

    /**
     * Makes a client of EventBridge, global endpoints included, which whoever asks for it has to close.
     *
     * @param timeout     of one call, from the request to the last byte of the answer
     * @param connections calls that may be out at the same time
     * @throws AwsSettingsException when the settings contradict each other, or nothing names a region
     */
    public static EventBridgeClient eventBridge(AwsSettings settings, Duration timeout, int connections) {
        return client(EventBridgeClient.builder().putAuthScheme(new SigV4aScheme()), settings, timeout, connections);
    }

    /**
     * Makes a client of S3, which whoever asks for it has to close. Under an endpoint of the settings the bucket is in the path: a name in
     * front of that host may be nobody's.
     *
     * @param timeout     of one call, from the request to the last byte of the answer
     * @param connections calls that may be out at the same time
     * @throws AwsSettingsException when the settings contradict each other, or nothing names a region
     */
    public static S3Client s3(AwsSettings settings, Duration timeout, int connections) {
        return client(S3Client.builder().forcePathStyle(settings.endpoint() != null), settings, timeout, connections);
    }

    /**
     * Makes a client of SQS, which whoever asks for it has to close.
     *
     * @param timeout     of one call, from the request to the last byte of the answer
     * @param connections calls that may be out at the same time
     * @throws AwsSettingsException when the settings contradict each other, or nothing names a region
     */
    public static SqsClient sqs(AwsSettings settings, Duration timeout, int connections) {
        return client(SqsClient.builder(), settings, timeout, connections);
    }

    /**
     * Makes a client of SNS, which whoever asks for it has to close.
     *
     * @param timeout     of one call, from the request to the last byte of the answer
     * @param connections calls that may be out at the same time
     * @throws AwsSettingsException when the settings contradict each other, or nothing names a region
     */
    public static SnsClient sns(AwsSettings settings, Duration timeout, int connections) {
        return client(SnsClient.builder(), settings, timeout, connections);
    }

    /**
     * Makes a client of a service that speaks AWS's JSON protocol, which whoever asks for it has to close.
     *
     * @param service     as it is named in signatures and endpoints, e.g. {@code glue}
     * @param connections calls that may be out at the same time
     * @throws AwsSettingsException when the settings contradict each other, or nothing names a region
     */
    public static AwsJsonClient json(String service, AwsSettings settings, Duration timeout, int connections) {
        AwsSettingsCheck.requireConsistent(settings);
        Region region = AwsRegion.of(settings);
        URI endpoint = URI.create(
                settings.endpoint() == null
                        ? "https://" + ServiceMetadata.of(service).endpointFor(region)
                        : settings.endpoint());
        return new AwsJsonClient(
                service,
                region,
                endpoint,
                AwsCredentials.of(settings),
                AwsHttp.client(settings, timeout, connections).build());
    }

    private static <B extends AwsClientBuilder<B, C> & SdkSyncClientBuilder<B, C>, C> C client(
            B builder, AwsSettings settings, Duration timeout, int connections) {
        AwsSettingsCheck.requireConsistent(settings);
        builder.httpClientBuilder(AwsHttp.client(settings, timeout, connections))
                .overrideConfiguration(oneRequestPerCall(settings, timeout));
        return address(builder, settings)
                .credentialsProvider(AwsCredentials.of(settings))
                .build();
    }

    /** Where a client sends its requests, the same for every service. */
    static <B extends AwsClientBuilder<B, ?>> B address(B builder, AwsSettings settings) {
        builder.region(AwsRegion.of(settings));
        if (settings.endpoint() != null) {
            builder.endpointOverride(URI.create(settings.endpoint()));
        }
        return builder;
    }

    private static ClientOverrideConfiguration oneRequestPerCall(AwsSettings settings, Duration timeout) {
        var override = ClientOverrideConfiguration.builder()
                .retryStrategy(AwsRetryStrategy.doNotRetry())
                .apiCallTimeout(timeout)
                .scheduledExecutorService(CallTimer.SHARED);
        if (settings.profile() != null) {
            override.defaultProfileName(settings.profile());
        }
        return override.build();
    }
}
