package dev.kafila.aws;

import java.time.Duration;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.auth.StsAssumeRoleCredentialsProvider;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/** The credentials of a role, and the STS client that fetches them: closing the one closes the other. */
final class AssumedRole implements AwsCredentialsProvider, SdkAutoCloseable {

    private static final String SESSION_NAME = "kafila";
    /** Of one request to STS, which the SDK may repeat: nothing but credentials is at stake here. */
    private static final Duration TIMEOUT = Duration.ofSeconds(15);

    private final StsClient sts;
    private final StsAssumeRoleCredentialsProvider session;

    private AssumedRole(StsClient sts, StsAssumeRoleCredentialsProvider session) {
        this.sts = sts;
        this.session = session;
    }

    /** @param own the credentials that may assume the role; closed with this */
    static AssumedRole of(AwsSettings settings, AwsCredentialsProvider own) {
        StsClient sts = AwsClients.address(
                        StsClient.builder().httpClientBuilder(AwsHttp.client(settings, TIMEOUT, 2)), settings)
                .credentialsProvider(own)
                .build();
        var session = StsAssumeRoleCredentialsProvider.builder()
                .stsClient(sts)
                .refreshRequest(request -> request.roleArn(settings.roleArn())
                        .roleSessionName(settings.roleSessionName() == null ? SESSION_NAME : settings.roleSessionName())
                        .externalId(settings.externalId()))
                .build();
        return new AssumedRole(sts, session);
    }

    @Override
    public AwsCredentials resolveCredentials() {
        return session.resolveCredentials();
    }

    @Override
    public void close() {
        session.close();
        sts.close();
    }
}
