package dev.kafila.failure;

import static dev.kafila.record.TestRecords.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kafila.sandbox.SandboxBroker;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.component.kafka.DefaultKafkaClientFactory;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class DurableProducerTest {

    @Test
    void aPasswordThatWasChangedIsReadWhenTheClusterDoesNotTakeTheOldOne() throws Exception {
        try (SandboxBroker broker = SandboxBroker.startSecured()) {
            broker.createTopic("letters", 1);
            LoggingIn clients = new LoggingIn(broker);
            try (DurableProducer producer = new DurableProducer(clients)) {
                clients.password = "yesterday";
                assertThatThrownBy(() -> send(producer).get(30, TimeUnit.SECONDS))
                        .isInstanceOf(ExecutionException.class)
                        .hasCauseInstanceOf(SaslAuthenticationException.class);

                clients.password = broker.password();
                send(producer).get(30, TimeUnit.SECONDS);
                send(producer).get(30, TimeUnit.SECONDS);
            }
            assertThat(broker.records("letters")).hasSize(2);
            assertThat(clients.made).hasValue(2);
        }
    }

    private static CompletableFuture<RecordMetadata> send(DurableProducer producer) {
        return producer.send(() -> new ProducerRecord<>("letters", utf8("k"), utf8("v")));
    }

    /** Reads the password for each client. */
    private static final class LoggingIn extends DefaultKafkaClientFactory {
        private final SandboxBroker broker;
        private final AtomicInteger made = new AtomicInteger();
        private volatile String password = "";

        LoggingIn(SandboxBroker broker) {
            this.broker = broker;
        }

        @Override
        @SuppressWarnings("rawtypes") // The factory's contract is a raw type.
        public Producer getProducer(Properties properties) {
            made.incrementAndGet();
            properties.putAll(Map.of(
                    "bootstrap.servers",
                    broker.saslPlainBootstrap(),
                    "security.protocol",
                    "SASL_SSL",
                    "sasl.mechanism",
                    "PLAIN",
                    "ssl.truststore.location",
                    broker.trustStore().toString(),
                    "ssl.truststore.password",
                    broker.trustStorePassword(),
                    "sasl.jaas.config",
                    "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"" + broker.user()
                            + "\" password=\"" + password + "\";"));
            return super.getProducer(properties);
        }
    }
}
