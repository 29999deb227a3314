package dev.kafila.mapping.destination;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.ContentStreamProvider;

/**
 * Puts one object for each part into a bucket of S3.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/kinesis-on-failure-destination.html">How AWS names objects</a>
 */
final class S3Destination implements DestinationWriter {
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("yyyy/MM/dd").withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH.mm.ss").withZone(ZoneOffset.UTC);

    private final DestinationClients clients;
    private final Destination bucket;
    private final FailureRecords records;
    private final Origin origin;

    S3Destination(DestinationClients clients, Destination bucket, FailureRecords records, Origin origin) {
        this.clients = clients;
        this.bucket = bucket;
        this.records = records;
        this.origin = origin;
    }

    @Override
    public CompletableFuture<Void> write(FailedPart part) {
        return AwsCall.of(() -> {
            byte[] content = records.withEventAsText(part);
            return clients.s3()
                    .putObject(
                            object -> object.bucket(bucket.name()).key(key(part)),
                            RequestBody.fromContentProvider(
                                    ContentStreamProvider.fromByteArrayUnsafe(content),
                                    content.length,
                                    "application/json"));
        });
    }

    /** The partition stands where a stream has its shard. */
    private String key(FailedPart part) {
        Instant failed = part.first().lastFailure();
        return String.join(
                "/",
                "aws/lambda",
                origin.uuid(),
                part.partition(),
                DAY.format(failed),
                TIME.format(failed) + "-" + records.id(part));
    }
}
