package dev.kafila.mapping.destination;

import dev.kafila.aws.AwsClients;
import dev.kafila.aws.AwsSettings;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.ServiceMetadata;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/** The clients for AWS that the destinations of all mappings share, each made when it is needed first. Thread-safe. */
public final class DestinationClients implements AutoCloseable {
    /** Of one call: a third of what a drain waits for, as whoever calls holds a batch. */
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private static final int CONNECTIONS = 50;

    private final AwsSettings settings;
    private final Map<String, SdkAutoCloseable> clients = new HashMap<>();

    public DestinationClients(AwsSettings settings) {
        this.settings = settings;
    }

    SqsClient sqs(String region) {
        return client("sqs", region, SqsClient.class, in -> AwsClients.sqs(in, TIMEOUT, CONNECTIONS));
    }

    SnsClient sns(String region) {
        return client("sns", region, SnsClient.class, in -> AwsClients.sns(in, TIMEOUT, CONNECTIONS));
    }

    S3Client s3() {
        return client("s3", "", S3Client.class, in -> AwsClients.s3(in, TIMEOUT, CONNECTIONS));
    }

    /** Made of the ARN: to be asked for it, SQS wants a right of its own. */
    URI queue(Destination queue) {
        String base = settings.endpoint() == null
                ? "https://" + ServiceMetadata.of("sqs").endpointFor(Region.of(queue.region()))
                : settings.endpoint();
        return URI.create(base + "/" + queue.account() + "/" + queue.name());
    }

    private synchronized <C extends SdkAutoCloseable> C client(
            String service, String region, Class<C> type, Function<AwsSettings, C> maker) {
        return type.cast(clients.computeIfAbsent(service + " " + region, key -> maker.apply(in(region))));
    }

    /** A queue or topic is reached in its own region, whatever that of the others. */
    private AwsSettings in(String region) {
        return settings.overriddenBy(name -> name.equals("region") ? region : null);
    }

    @Override
    public synchronized void close() {
        clients.values().forEach(SdkAutoCloseable::close);
        clients.clear();
    }
}
