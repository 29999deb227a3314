package dev.kafila.aws;

import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/** A user's own provider, with a constructor. */
public final class CountingProvider implements AwsCredentialsProvider, SdkAutoCloseable {

    /** Over all instances: nobody but the client has the instance that it made. */
    static final AtomicInteger CLOSED = new AtomicInteger();

    @Override
    public AwsCredentials resolveCredentials() {
        return AwsBasicCredentials.create("AKIDCONSTRUCTED", "s");
    }

    @Override
    public void close() {
        CLOSED.incrementAndGet();
    }

    /** One that is made as the SDK's own are. */
    public static final class Created implements AwsCredentialsProvider {

        private Created() {}

        public static Created create() {
            return new Created();
        }

        @Override
        public AwsCredentials resolveCredentials() {
            return AwsBasicCredentials.create("AKIDCREATED", "s");
        }
    }
}
