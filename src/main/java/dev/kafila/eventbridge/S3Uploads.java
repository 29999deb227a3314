package dev.kafila.eventbridge;

import dev.kafila.aws.AwsClients;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Writes what is offloaded into a bucket of S3: one request for one upload, also for what is there already. That replaces an object by
 * itself, and lets a lifecycle rule count its days from the latest event that refers to it.
 */
final class S3Uploads implements Uploads, AutoCloseable {
    private static final String JSON = "application/json";

    private final S3Client client;
    private final String bucket;

    private S3Uploads(S3Client client, String bucket) {
        this.client = client;
        this.bucket = bucket;
    }

    /** Makes a client of its own, also for a sink that was given one of EventBridge. */
    static S3Uploads to(String bucket, EventBridgeOptions options) {
        return new S3Uploads(AwsClients.s3(options.aws(), options.timeout(), options.maxInFlight()), bucket);
    }

    @Override
    public void put(Upload upload) {
        byte[] content = upload.content().asByteArrayUnsafe();
        client.putObject(
                object -> object.bucket(bucket)
                        .key(upload.key())
                        .contentType(JSON)
                        .checksumSHA256(upload.checksum()),
                RequestBody.fromContentProvider(
                        ContentStreamProvider.fromByteArrayUnsafe(content), content.length, JSON));
    }

    @Override
    public String bucket() {
        return bucket;
    }

    @Override
    public void close() {
        client.close();
    }
}
