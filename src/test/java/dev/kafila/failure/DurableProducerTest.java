package dev.kafila.failure;

import static dev.kafila.record.TestRecords.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kafila.sandbox.SandboxBroker;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.component.kafka.DefaultKafkaClientFactory;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
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

    @Test
    void aLateFailureOfTheProducerOfBeforeDoesNotEndTheNewOne() {
        List<MockProducer<byte[], byte[]>> made = new ArrayList<>();
        DefaultKafkaClientFactory clients = new DefaultKafkaClientFactory() {
            @Override
            @SuppressWarnings("rawtypes") // The factory's contract is a raw type.
            public Producer getProducer(Properties properties) {
                made.add(new MockProducer<>(false, new ByteArraySerializer(), new ByteArraySerializer()));
                return made.get(made.size() - 1);
            }
        };
        try (DurableProducer producer = new DurableProducer(clients)) {
            CompletableFuture<RecordMetadata> first = send(producer);
            CompletableFuture<RecordMetadata> second = send(producer);
            made.get(0).errorNext(new SaslAuthenticationException("expired"));
            CompletableFuture<RecordMetadata> third = send(producer);
            made.get(0).errorNext(new SaslAuthenticationException("expired"));
            CompletableFuture<RecordMetadata> fourth = send(producer);

            assertThat(first).isCompletedExceptionally();
            assertThat(second).isCompletedExceptionally();
            assertThat(List.of(third, fourth)).allMatch(sent -> !sent.isDone());
            assertThat(made).hasSize(2);
            assertThat(made.get(0).closed()).isTrue();
            assertThat(made.get(1).closed()).isFalse();
            assertThat(made.get(1).history()).hasSize(2);
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
