package dev.kafila.eventbridge;

import dev.kafila.aws.AwsClients;
import org.apache.camel.CamelContext;
import org.apache.camel.support.CamelContextHelper;
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
    private final boolean ownClient;
    private final String bucket;

    private S3Uploads(S3Client client, boolean ownClient, String bucket) {
        this.client = client;
        this.ownClient = ownClient;
        this.bucket = bucket;
    }

    /** Uses the client bean that the options name, or makes a client of its own. */
    static S3Uploads to(String bucket, CamelContext context, EventBridgeOptions options) {
        return options.offloadClient().isEmpty()
                ? new S3Uploads(AwsClients.s3(options.aws(), options.timeout(), options.maxInFlight()), true, bucket)
                : new S3Uploads(shared(context, options), false, bucket);
    }

    /** The client bean that the options name. */
    static S3Client shared(CamelContext context, EventBridgeOptions options) {
        return CamelContextHelper.mandatoryLookup(context, options.offloadClient(), S3Client.class);
    }

    @Override
    public void put(Upload upload) {
        byte[] content = upload.content().asByteArrayUnsafe();
        client.putObject(
                object -> object.bucket(bucket).key(upload.key()).checksumSHA256(upload.checksum()),
                RequestBody.fromContentProvider(
                        ContentStreamProvider.fromByteArrayUnsafe(content), content.length, JSON));
    }

    @Override
    public String bucket() {
        return bucket;
    }

    @Override
    public void close() {
        if (ownClient) {
            client.close();
        }
    }
}
