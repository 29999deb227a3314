package dev.kafila.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kafila.aws.AwsSettings;
import org.junit.jupiter.api.Test;

class RouteAwsTest {

    private static final String ROLE = "arn:aws:iam::123456789012:role/common";
    private static final String OWN_ROLE = "arn:aws:iam::123456789012:role/orders";

    @Test
    void whatTheRouteLeavesOpenIsTakenFromTheCommonSettings() {
        AwsSettings aws = common().file("kafila.lambda.aws.region", "us-east-1")
                .load()
                .lambda()
                .aws();

        assertThat(aws.region()).isEqualTo("us-east-1");
        assertThat(aws.endpoint()).isEqualTo("http://127.0.0.1:4566");
        assertThat(aws.accessKeyId()).isEqualTo("AKIDCOMMON");
        assertThat(aws.roleArn()).isEqualTo(ROLE);
    }

    @Test
    void anOwnRoleIsAssumedWithTheCommonCredentialsAndNotWithTheCommonExternalId() {
        AwsSettings aws = common().file("kafila.lambda.aws.role-arn", OWN_ROLE)
                .load()
                .lambda()
                .aws();

        assertThat(aws.accessKeyId()).isEqualTo("AKIDCOMMON");
        assertThat(aws.roleArn()).isEqualTo(OWN_ROLE);
        assertThat(aws.externalId()).isNull();
    }

    @Test
    void ownKeysReplaceTheCommonCredentialsAndTheCommonRole() {
        AwsSettings aws = common().file("kafila.lambda.aws.access-key-id", "AKIDORDERS")
                .file("kafila.lambda.aws.secret-access-key", "s")
                .load()
                .lambda()
                .aws();

        assertThat(aws.accessKeyId()).isEqualTo("AKIDORDERS");
        assertThat(aws.sessionToken()).isNull();
        assertThat(aws.roleArn()).isNull();
        assertThat(aws.externalId()).isNull();
    }

    @Test
    void anOwnProfileIsNotOverruledByTheCommonKeys() {
        AwsSettings aws = common().file("kafila.lambda.aws.profile", "orders")
                .load()
                .lambda()
                .aws();

        assertThat(aws.profile()).isEqualTo("orders");
        assertThat(aws.accessKeyId()).isNull();
    }

    @Test
    void anOwnProxyDoesNotGetTheCommonProxysPassword() {
        AwsSettings aws = common().file("kafila.aws.proxy", "http://proxy.example:3128")
                .file("kafila.aws.proxy-user", "u")
                .file("kafila.aws.proxy-password", "p")
                .file("kafila.lambda.aws.proxy", "http://other.example:3128")
                .load()
                .lambda()
                .aws();

        assertThat(aws.proxy()).isEqualTo("http://other.example:3128");
        assertThat(aws.proxyPassword()).isNull();
    }

    @Test
    void aSessionThatNobodyNamesIsTheConnectors() {
        Given given = Given.nothing()
                .file("kafila.eventbridge.aws.role-arn", OWN_ROLE)
                .file("kafila.eventbridge.connector-id", "shop");

        assertThat(given.load().eventBridge().aws().roleSessionName()).isEqualTo("shop");
        assertThat(given.load().camelProperties())
                .containsEntry("kafila.eventbridge.aws.role-session-name", "shop")
                .containsEntry("kafila.lambda.aws.role-session-name", "");
        assertThat(given.file("kafila.eventbridge.aws.role-session-name", "own")
                        .load()
                        .eventBridge()
                        .aws()
                        .roleSessionName())
                .isEqualTo("own");
    }

    @Test
    void aCommonRolesSessionIsTheConnectorsToo() {
        assertThat(common().load().eventBridge().aws().roleSessionName()).isEqualTo("kafila");
        assertThat(Given.nothing().load().eventBridge().aws().roleSessionName()).isNull();
    }

    @Test
    void aConnectorThatCannotNameASessionIsRefusedByItsOwnName() {
        assertThat(Given.nothing()
                        .file("kafila.eventbridge.aws.role-arn", OWN_ROLE)
                        .file("kafila.eventbridge.connector-id", "x".repeat(65))
                        .problems())
                .singleElement()
                .asString()
                .startsWith("kafila.eventbridge.connector-id (./application.properties): ");
    }

    @Test
    void whatTheRouteUsesIsWhatCamelSees() {
        Given given = common().file("kafila.lambda.aws.region", "us-east-1");

        assertThat(given.property("kafila.lambda.aws.region")).isEqualTo("us-east-1");
        assertThat(given.property("kafila.lambda.aws.endpoint")).isEqualTo("http://127.0.0.1:4566");
        assertThat(given.property("kafila.aws.region")).isEqualTo("eu-central-1");
    }

    @Test
    void halfAPairOfKeysIsRefused() {
        assertThat(Given.nothing()
                        .file("kafila.aws.access-key-id", "AKIDEXAMPLE")
                        .problems())
                .containsExactly("kafila.aws.access-key-id (./application.properties): is set, but secret-access-key is"
                        + " not; set both or neither");
    }

    @Test
    void halfAPairOfKeysOfTheRouteIsNotCompletedFromTheCommonOnes() {
        assertThat(common().file("kafila.lambda.aws.secret-access-key", "s").problems())
                .singleElement()
                .asString()
                .startsWith("kafila.lambda.aws.secret-access-key (./application.properties): is set, but");
    }

    @Test
    void aSessionNameWithoutRoleIsRefused() {
        assertThat(Given.nothing()
                        .file("kafila.aws.role-session-name", "orders")
                        .problems())
                .singleElement()
                .asString()
                .startsWith("kafila.aws.role-session-name (./application.properties): ");
    }

    @Test
    void aProxyWithAPasswordInItsAddressIsRefusedWithoutEchoingIt() {
        assertThat(Given.nothing()
                        .file("kafila.aws.proxy", "http://u:hunter2@proxy:3128")
                        .problems())
                .containsExactly(
                        "kafila.aws.proxy (./application.properties): must be http://host:port; user and password"
                                + " are settings of their own");
    }

    private static Given common() {
        return Given.aRoute()
                .file("kafila.aws.region", "eu-central-1")
                .file("kafila.aws.endpoint", "http://127.0.0.1:4566")
                .file("kafila.aws.access-key-id", "AKIDCOMMON")
                .file("kafila.aws.secret-access-key", "s")
                .file("kafila.aws.session-token", "t")
                .file("kafila.aws.role-arn", ROLE)
                .file("kafila.aws.external-id", "caravan");
    }
}
