package dev.kafila.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.AssumeRoleResponse;
import software.amazon.awssdk.services.sts.model.StsException;

@Timeout(60)
class SandboxRolesTest {
    private static final String ROLE = "arn:aws:iam::123456789012:role/caravan";

    private final SandboxAws aws = SandboxAws.start();
    private final StsClient sts = StsClient.builder()
            .endpointOverride(aws.endpoint())
            .region(Region.EU_CENTRAL_1)
            .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIDSANDBOX", "secret")))
            .httpClientBuilder(ApacheHttpClient.builder())
            .overrideConfiguration(config -> config.retryStrategy(AwsRetryStrategy.doNotRetry()))
            .build();

    @AfterEach
    void close() {
        sts.close();
        aws.close();
    }

    @Test
    void aRoleIsAssumedAndWhatWasAskedIsKept() {
        AssumeRoleResponse response = sts.assumeRole(
                request -> request.roleArn(ROLE).roleSessionName("a<b").externalId("ext=1&2"));

        AssumedRole role = aws.roles().received().get(0);
        assertThat(role.roleArn()).isEqualTo(ROLE);
        assertThat(role.sessionName()).isEqualTo("a<b");
        assertThat(role.externalId()).isEqualTo("ext=1&2");
        assertThat(role.signature().accessKeyId()).isEqualTo("AKIDSANDBOX");
        assertThat(response.credentials().accessKeyId()).isEqualTo(role.accessKeyId());
        assertThat(response.credentials().sessionToken()).isNotEmpty();
        assertThat(response.credentials().expiration()).isAfter(Instant.now().plusSeconds(3000));
        assertThat(response.assumedRoleUser().arn()).endsWith(":assumed-role/caravan/a<b");
    }

    @Test
    void aRoleThatMayNotBeAssumedIsRefusedAsAwsDoes() {
        aws.roles().answersWhen(role -> role.externalId() == null, Answer.status(403, "AccessDenied", "not you"));

        StsException thrown = catchThrowableOfType(
                StsException.class,
                () -> sts.assumeRole(request -> request.roleArn(ROLE).roleSessionName("s")));

        assertThat(thrown.statusCode()).isEqualTo(403);
        assertThat(thrown.awsErrorDetails().errorCode()).isEqualTo("AccessDenied");
        assertThat(aws.roles().deliveredCount()).isZero();
    }
}
