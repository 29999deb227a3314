package dev.kafila.eventbridge;

import dev.kafila.aws.AwsClients;
import dev.kafila.aws.AwsFailure;
import dev.kafila.aws.AwsFailure.Meaning;
import dev.kafila.aws.AwsSettingsException;
import dev.kafila.preflight.Preflight;
import java.util.Optional;
import java.util.Set;
import org.apache.camel.CamelContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Asks S3 whether the bucket of what is offloaded exists. Whether objects may be written shows with the first of them.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadBucket.html">HeadBucket</a>
 */
final class BucketCheck {
    private static final Logger LOG = LoggerFactory.getLogger(BucketCheck.class);

    private static final AwsRequestOverrideConfiguration BOUNDED = AwsRequestOverrideConfiguration.builder()
            .apiCallTimeout(Preflight.LIMIT)
            .build();

    private final S3Client client;
    private final String bucket;
    private final Set<Integer> retryStatus;

    private BucketCheck(S3Client client, String bucket, Set<Integer> retryStatus) {
        this.client = client;
        this.bucket = bucket;
        this.retryStatus = retryStatus;
    }

    /** What no waiting puts right; empty if nothing is wrong, or if that cannot be found out now. */
    static Optional<String> problem(String bucket, CamelContext context, EventBridgeOptions options) {
        if (!options.offloadClient().isEmpty()) {
            return new BucketCheck(S3Uploads.shared(context, options), bucket, options.retryStatus()).problem();
        }
        // A sink that is only rehearsed never starts, so that the check has a client of its own.
        try (S3Client client = AwsClients.s3(options.aws(), options.timeout(), 1)) {
            return new BucketCheck(client, bucket, options.retryStatus()).problem();
        } catch (AwsSettingsException e) {
            return Optional.of(e.getMessage());
        }
    }

    private Optional<String> problem() {
        try {
            client.headBucket(request -> request.bucket(bucket).overrideConfiguration(BOUNDED));
        } catch (SdkException e) {
            return judge(AwsFailure.of(e));
        }
        LOG.info("Bucket {} exists", bucket);
        return Optional.empty();
    }

    /** The answer to a HEAD has no body, so there is a status and no code. */
    private Optional<String> judge(AwsFailure failure) {
        String region = client.serviceClientConfiguration().region().id();
        return switch (failure.status()) {
            case 404 -> wrong("does not exist: create it or correct its name");
            // Which of the two depends on the age of the region.
            case 301, 400 ->
                wrong("cannot be used from " + region + " (status " + failure.status()
                        + "): it is in another region, or the credentials are not good");
            // Looking needs s3:ListBucket, which whoever only writes does not have.
            case 403 -> unknown(failure, "s3:ListBucket on it would let Kafila look");
            default ->
                failure.meaning(retryStatus) == Meaning.CONFIGURATION
                        ? wrong("cannot be used: " + failure.code() + " " + failure.detail())
                        : unknown(failure, "S3 does not say it now");
        };
    }

    private Optional<String> wrong(String what) {
        return Optional.of("bucket " + bucket + " (kafila.eventbridge.offload.bucket) " + what);
    }

    private Optional<String> unknown(AwsFailure failure, String why) {
        LOG.warn(
                "Whether bucket {} exists is not known ({}: {}). Its route starts all the same; if it does not, the first"
                        + " record for it stops its partition",
                bucket,
                failure.code(),
                why);
        return Optional.empty();
    }
}
