package dev.kafila.batch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kafila.sandbox.SandboxBroker;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** TLS and SASL by the options that camel-kafka documents. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class SecuredBrokerTest {
    private static SandboxBroker broker;

    @BeforeAll
    static void startBroker() {
        broker = SandboxBroker.startSecured();
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @Test
    void saslPlainOverTls() {
        consumes(broker.saslPlainBootstrap(), "PLAIN", "org.apache.kafka.common.security.plain.PlainLoginModule");
    }

    @Test
    void scramSha512OverTls() {
        consumes(broker.scramBootstrap(), "SCRAM-SHA-512", "org.apache.kafka.common.security.scram.ScramLoginModule");
    }

    private static void consumes(String bootstrap, String mechanism, String loginModule) {
        try (ConsumerFixture fixture = new ConsumerFixture(broker, 1)) {
            fixture.produce(0, 10);
            String jaas = "%s required username=\"%s\" password=\"%s\";"
                    .formatted(loginModule, broker.user(), broker.password());

            fixture.start(
                    "brokers=" + bootstrap + "&securityProtocol=SASL_SSL&saslMechanism=" + mechanism
                            + "&saslJaasConfig=RAW(" + jaas + ")&sslTruststoreLocation=" + broker.trustStore()
                            + "&sslTruststorePassword=" + broker.trustStorePassword() + "&sslTruststoreType=PKCS12",
                    exchange -> {});
            fixture.awaitCommitted(0, 10);

            assertThat(fixture.deliveredRecords()).isEqualTo(10);
        }
    }
}
