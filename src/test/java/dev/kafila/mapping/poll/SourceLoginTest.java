package dev.kafila.mapping.poll;

import static dev.kafila.mapping.poll.PollerFixture.await;
import static dev.kafila.mapping.poll.PollerFixture.mapping;
import static dev.kafila.mapping.poll.PollerFixture.produce;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kafila.mapping.Mapping;
import dev.kafila.sandbox.ClientKeys;
import dev.kafila.sandbox.SecuredBroker;
import dev.kafila.sandbox.SecuredBroker.Listener;
import dev.kafila.settings.MappingSettings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.services.lambda.model.SourceAccessConfiguration;
import software.amazon.awssdk.services.lambda.model.SourceAccessType;

/** How mappings log in, what becomes of those that cannot, and that they heal. */
@Timeout(value = 90, unit = TimeUnit.SECONDS)
class SourceLoginTest {
    private static final String ARN = "arn:aws:secretsmanager:eu-west-3:123456789012:secret:AmazonMSK_carol-AbCdEf";
    private static final String CERTIFIED = "CN=localhost";

    /** What would end, or escape, a text that is not written with care. */
    private static final String AWKWARD = "a\\\"b\\n'c;\u00e9 \\t\" x=\"y";

    private static SecuredBroker broker;

    private final String topic = "secured-" + UUID.randomUUID();
    private final Map<String, Map<String, String>> secrets = new HashMap<>();
    private final List<String> brokers = new ArrayList<>();
    private PollerFixture fixture;

    @BeforeAll
    static void startBroker() {
        broker = SecuredBroker.start();
        broker.setPassword("carol", AWKWARD);
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @BeforeEach
    void start() {
        broker.open().createTopic(topic, 1);
        for (String user : List.of("kafila", "carol", CERTIFIED, "ANONYMOUS")) {
            broker.allowReads(user, topic);
        }
        secrets.put("root", Map.of("certificate", broker.certificate()));
        secrets.put("kafila", Map.of("username", "kafila", "password", "kafila-secret"));
        secrets.put("carol", Map.of("username", "carol", "password", AWKWARD));
        secrets.put(
                "client",
                Map.of(
                        "certificate", broker.client().certificate(),
                        "key", broker.client().key()));
        for (Listener listener : Listener.values()) {
            brokers.add(broker.address(listener));
        }
        fixture = new PollerFixture();
        produce(broker.open(), topic, 0, 3);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void basicAuthIsSaslPlainOverTls() {
        flows(Listener.PLAIN, SourceAccessType.BASIC_AUTH, "kafila");
    }

    @Test
    void scram256OverTlsWithAPasswordOfAllKindsOfCharacters() {
        flows(Listener.SCRAM, SourceAccessType.SASL_SCRAM_256_AUTH, "carol");
    }

    @Test
    void scram512OverTlsWithAPasswordOfAllKindsOfCharacters() {
        flows(Listener.SCRAM, SourceAccessType.SASL_SCRAM_512_AUTH, "carol");
    }

    @Test
    void scramGoesWithoutTlsOnlyWhereTheOperatorSaysSo() {
        Mapping mapping = mapping(
                broker.address(Listener.OPENSCRAM),
                topic,
                "orders",
                configuration -> configuration.sourceAccessConfigurations(
                        access(SourceAccessType.SASL_SCRAM_512_AUTH, "carol")));
        allow();
        fixture.run(1, mapping);
        fixture.awaitSeen(mapping, seen -> seen.reason() != null || seen.lastResult() != null);
        assertThat(fixture.observation(mapping).pollers()).isZero();
        fixture.pollers.close();

        brokers.replaceAll(address ->
                address.equals(broker.address(Listener.OPENSCRAM)) ? "SASL_PLAINTEXT://" + address : address);
        allow();
        fixture.run(1, mapping);

        awaitFlows(mapping);
    }

    @Test
    void aClientCertificateIsWhatTheBrokerKnowsTheClientBy() {
        flows(Listener.MTLS, SourceAccessType.CLIENT_CERTIFICATE_TLS_AUTH, "client");
    }

    @Test
    void theKeyOfACertificateMayBeEncrypted() {
        secrets.put(
                "client",
                Map.of(
                        "certificate", broker.client().certificate(),
                        "key", broker.client().encryptedKey(),
                        "passphrase", ClientKeys.PASSPHRASE));

        flows(Listener.MTLS, SourceAccessType.CLIENT_CERTIFICATE_TLS_AUTH, "client");
    }

    @Test
    void aSecretOfSecretsManagerIsReadInItsOwnRegionAndOneThatWasChangedHeals() {
        fixture.aws.secrets().put(ARN, "{\"username\":\"carol\",\"password\":\"wrong\"}");
        Mapping mapping = of(Listener.SCRAM, SourceAccessType.SASL_SCRAM_512_AUTH, ARN);
        allow();
        fixture.run(1, mapping);
        fixture.awaitReason(mapping, "EVENT_SOURCE_AUTHN_ERROR");
        assertThat(fixture.observation(mapping).lastResult()).isEqualTo("PROBLEM: SASL authentication failed.");

        fixture.aws
                .secrets()
                .put(
                        ARN,
                        "{\"username\":\"carol\",\"password\":\""
                                + AWKWARD.replace("\\", "\\\\").replace("\"", "\\\"") + "\"}");

        awaitFlows(mapping);
        assertThat(fixture.aws.secrets().received())
                .allMatch(request -> request.region().equals("eu-west-3"));
    }

    @Test
    void aSecretThatNobodyHasIsAConfigurationThatIsNotValid() {
        Mapping mapping = of(Listener.SCRAM, SourceAccessType.SASL_SCRAM_512_AUTH, ARN);
        allow();
        fixture.run(1, mapping);

        fixture.awaitReason(mapping, "ESM_CONFIG_NOT_VALID");
        assertThat(fixture.observation(mapping).lastResult()).contains(ARN, "ResourceNotFoundException");
    }

    @Test
    void aSecretOfAnotherKindIsAConfigurationThatIsNotValid() {
        fixture.aws.secrets().put(ARN, "only-a-password");
        Mapping mapping = of(Listener.SCRAM, SourceAccessType.SASL_SCRAM_512_AUTH, ARN);
        allow();
        fixture.run(1, mapping);

        fixture.awaitReason(mapping, "ESM_CONFIG_NOT_VALID");
        assertThat(fixture.observation(mapping).lastResult()).doesNotContain("only-a-password");
    }

    @Test
    void aPasswordThatTheBrokerDoesNotKnowIsToldAndHeals() {
        broker.setPassword("dave", "old");
        broker.allowReads("dave", topic);
        secrets.put("dave", Map.of("username", "dave", "password", "new"));
        Mapping mapping = of(Listener.SCRAM, SourceAccessType.SASL_SCRAM_512_AUTH, "dave");
        allow();
        fixture.run(1, mapping);
        fixture.awaitReason(mapping, "EVENT_SOURCE_AUTHN_ERROR");
        assertThat(fixture.observation(mapping).pollers()).isZero();

        broker.setPassword("dave", "new");

        awaitFlows(mapping);
    }

    @Test
    void aBrokerWhoseCertificateNobodyVouchesForIsNotTrusted() {
        Mapping mapping = mapping(
                broker.address(Listener.SCRAM),
                topic,
                "orders",
                configuration -> configuration.sourceAccessConfigurations(
                        access(SourceAccessType.SASL_SCRAM_512_AUTH, "carol")));
        allow();
        fixture.run(1, mapping);

        fixture.awaitReason(mapping, "EVENT_SOURCE_AUTHN_ERROR");
        assertThat(fixture.observation(mapping).lastResult())
                .isEqualTo("PROBLEM: Lambda failed to authenticate server.");
    }

    @Test
    void aClientWithoutACertificateIsRefusedWhereOneIsAskedFor() {
        Mapping mapping = mapping(
                broker.address(Listener.MTLS),
                topic,
                "orders",
                configuration -> configuration.sourceAccessConfigurations(
                        access(SourceAccessType.SERVER_ROOT_CA_CERTIFICATE, "root")));
        allow();
        fixture.run(1, mapping);

        fixture.awaitReason(mapping, "EVENT_SOURCE_AUTHN_ERROR");
        assertThat(fixture.observation(mapping).lastResult())
                .isEqualTo("PROBLEM: Server failed to authenticate Lambda.");
    }

    @Test
    void aKeyThatIsNoneIsAConfigurationThatIsNotValid() {
        secrets.put("client", Map.of("certificate", broker.client().certificate(), "key", "no-key-at-all"));
        Mapping mapping = of(Listener.MTLS, SourceAccessType.CLIENT_CERTIFICATE_TLS_AUTH, "client");
        allow();
        fixture.run(1, mapping);

        fixture.awaitReason(mapping, "ESM_CONFIG_NOT_VALID");
        assertThat(fixture.observation(mapping).lastResult())
                .isEqualTo("PROBLEM: Provided certificate or private key is invalid.");
    }

    @Test
    void whoMayNotReadTheTopicIsToldAndHeals() {
        broker.denyReads("carol", topic);
        Mapping mapping = of(Listener.SCRAM, SourceAccessType.SASL_SCRAM_512_AUTH, "carol");
        allow();
        fixture.run(1, mapping);
        fixture.awaitReason(mapping, "EVENT_SOURCE_AUTHZ_ERROR");

        broker.allowReads("carol", topic);

        awaitFlows(mapping);
    }

    @Test
    void whoMayNoLongerReadTheTopicIsTold() {
        Mapping mapping = of(Listener.SCRAM, SourceAccessType.SASL_SCRAM_512_AUTH, "carol");
        allow();
        fixture.run(1, mapping);
        awaitFlows(mapping);

        broker.denyReads("carol", topic);
        produce(broker.open(), topic, 0, 1);

        fixture.awaitReason(mapping, "EVENT_SOURCE_AUTHZ_ERROR");
    }

    private void flows(Listener listener, SourceAccessType type, String secret) {
        Mapping mapping = of(listener, type, secret);
        allow();
        fixture.run(1, mapping);
        awaitFlows(mapping);
    }

    private void awaitFlows(Mapping mapping) {
        await(() -> broker.open().committed(mapping.uuid()).containsValue(3L));
        fixture.awaitRunning(mapping, 1);
    }

    private Mapping of(Listener listener, SourceAccessType type, String secret) {
        return mapping(
                broker.address(listener),
                topic,
                "orders",
                configuration -> configuration.sourceAccessConfigurations(
                        access(type, secret), access(SourceAccessType.SERVER_ROOT_CA_CERTIFICATE, "root")));
    }

    private static SourceAccessConfiguration access(SourceAccessType type, String secret) {
        return SourceAccessConfiguration.builder().type(type).uri(secret).build();
    }

    private void allow() {
        fixture.allowing(new MappingSettings.Allowed(
                brokers,
                Map.of(),
                List.of(),
                secrets,
                List.of("arn:aws:secretsmanager:*:123456789012:secret:AmazonMSK_*"),
                List.of("*"),
                List.of("*")));
    }
}
