package dev.kafila.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.AccessDeniedException;
import software.amazon.awssdk.services.glue.model.EntityNotFoundException;
import software.amazon.awssdk.services.glue.model.GetSchemaVersionResponse;
import software.amazon.awssdk.services.glue.model.GlueException;
import software.amazon.awssdk.services.glue.model.InvalidInputException;
import software.amazon.awssdk.services.glue.model.SchemaVersionStatus;

/** The sandbox's Glue as AWS's own client sees it. */
class SandboxSchemasTest {
    private SandboxAws aws;
    private GlueClient glue;

    @BeforeEach
    void start() {
        aws = SandboxAws.start();
        glue = GlueClient.builder()
                .region(Region.US_EAST_1)
                .endpointOverride(aws.endpoint())
                .credentialsProvider(
                        StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIDEXAMPLE", "secret")))
                .httpClient(UrlConnectionHttpClient.create())
                .overrideConfiguration(config -> config.retryStrategy(AwsRetryStrategy.doNotRetry()))
                .build();
    }

    @AfterEach
    void stop() {
        glue.close();
        aws.close();
    }

    @Test
    void theLatestVersionOfASchemaIsFoundByItsName() {
        aws.schemas().create("team", "orders", "PROTOBUF");
        aws.schemas().register("orders", "message A {}");
        var latest = aws.schemas().register("orders", "message B {}").orElseThrow();

        GetSchemaVersionResponse found = latest("team", "orders");

        assertThat(found.schemaVersionId()).isEqualTo(latest.toString());
        assertThat(found.schemaDefinition()).isEqualTo("message B {}");
        assertThat(found.dataFormatAsString()).isEqualTo("PROTOBUF");
        assertThat(found.versionNumber()).isEqualTo(2);
        assertThat(found.status()).isEqualTo(SchemaVersionStatus.AVAILABLE);
        assertThat(found.schemaArn()).endsWith(":schema/team/orders");
    }

    @Test
    void whatIsNotThereIsAnEntityThatIsNotFound() {
        aws.schemas().create("team", "orders", "PROTOBUF");

        assertThatThrownBy(() -> latest("team", "orders")).isInstanceOf(EntityNotFoundException.class);
        aws.schemas().register("orders", "message A {}");
        assertThatThrownBy(() -> latest("default-registry", "orders")).isInstanceOf(EntityNotFoundException.class);
        assertThatThrownBy(() -> latest("team", "returns")).isInstanceOf(EntityNotFoundException.class);
        aws.schemas().delete("orders");
        assertThatThrownBy(() -> latest("team", "orders")).isInstanceOf(EntityNotFoundException.class);
    }

    @Test
    void aVersionIsNamedByItsIdOrAsTheLatest() {
        aws.schemas().create("orders", "PROTOBUF");
        aws.schemas().register("orders", "message A {}");

        assertThatThrownBy(() -> glue.getSchemaVersion(request ->
                        request.schemaId(id -> id.schemaName("orders").registryName("default-registry"))))
                .isInstanceOf(InvalidInputException.class);
    }

    @Test
    void itRefusesAndThrottlesAsItIsTold() {
        aws.schemas().create("orders", "PROTOBUF");
        aws.schemas().register("orders", "message A {}");
        aws.schemas()
                .answers(
                        Answer.status(400, "ThrottlingException", "Rate exceeded"),
                        Answer.status(400, "AccessDeniedException", "not authorized"));

        assertThatThrownBy(() -> latest("default-registry", "orders"))
                .isInstanceOfSatisfying(GlueException.class, e -> assertThat(e.isThrottlingException())
                        .isTrue());
        assertThatThrownBy(() -> latest("default-registry", "orders")).isInstanceOf(AccessDeniedException.class);
    }

    private GetSchemaVersionResponse latest(String registry, String schema) {
        return glue.getSchemaVersion(
                request -> request.schemaId(id -> id.registryName(registry).schemaName(schema))
                        .schemaVersionNumber(number -> number.latestVersion(true)));
    }
}
