package dev.kafila.aws;

import dev.kafila.sandbox.SecuredBroker;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;

/** A provider class of a user's own. */
public final class KnownKey implements AwsCredentialsProvider {
    @Override
    public AwsCredentials resolveCredentials() {
        return AwsBasicCredentials.create(SecuredBroker.ACCESS_KEY_ID, SecuredBroker.SECRET_ACCESS_KEY);
    }
}
