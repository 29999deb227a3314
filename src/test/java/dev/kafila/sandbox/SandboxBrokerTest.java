package dev.kafila.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SandboxBrokerTest {
    private static final TopicPartition ORDERS_1 = new TopicPartition("orders", 1);

    @Test
    void recordsAndOffsetsSurviveARestartOnTheSamePort() throws Exception {
        try (SandboxBroker broker = SandboxBroker.start()) {
            String address = broker.bootstrapServers();
            broker.createTopic("orders", 2);
            send(broker, "orders", "before").get(10, TimeUnit.SECONDS);
            broker.admin()
                    .alterConsumerGroupOffsets("group", Map.of(ORDERS_1, new OffsetAndMetadata(1)))
                    .all()
                    .get();

            broker.stop();
            Future<RecordMetadata> during = send(broker, "orders", "during");
            broker.restart();

            during.get(20, TimeUnit.SECONDS);
            assertThat(broker.bootstrapServers()).isEqualTo(address);
            assertThat(broker.records("orders"))
                    .extracting(record -> new String(record.value(), UTF_8))
                    .containsExactly("before", "during");
            assertThat(broker.committed("group")).containsExactly(Map.entry(ORDERS_1, 1L));
            assertThat(broker.endOffsets("orders")).containsEntry(ORDERS_1, 2L);
        }
    }

    @Test
    void aTopicIsNotWritableWhileWritesAreDeniedAndIsStillReadable() throws Exception {
        try (SandboxBroker broker = SandboxBroker.start()) {
            broker.createTopic("orders", 2);

            broker.denyWrites("orders");
            assertThatThrownBy(() -> send(broker, "orders", "denied").get(10, TimeUnit.SECONDS))
                    .hasCauseInstanceOf(TopicAuthorizationException.class);
            assertThat(broker.records("orders")).isEmpty();

            broker.allowWrites("orders");
            assertThat(send(broker, "orders", "allowed")
                            .get(10, TimeUnit.SECONDS)
                            .offset())
                    .isZero();
        }
    }

    @Test
    void deletedRecordsAreGoneAsAfterRetention() throws Exception {
        try (SandboxBroker broker = SandboxBroker.start()) {
            broker.createTopic("orders", 2);
            send(broker, "orders", "old").get(10, TimeUnit.SECONDS);
            send(broker, "orders", "young").get(10, TimeUnit.SECONDS);

            broker.deleteRecordsBefore(ORDERS_1, 1);

            assertThat(broker.records("orders"))
                    .extracting(record -> record.offset())
                    .containsExactly(1L);
        }
    }

    @Test
    void aSecuredBrokerTakesItsUserOverTlsWithPlainAndScramAndNobodyElse() throws Exception {
        try (SandboxBroker broker = SandboxBroker.startSecured()) {
            Map<String, Object> plain = secured(broker, broker.saslPlainBootstrap(), "PLAIN", "plain.PlainLoginModule");
            Map<String, Object> scram =
                    secured(broker, broker.scramBootstrap(), "SCRAM-SHA-512", "scram.ScramLoginModule");
            scram.put("ssl.truststore.type", "PEM");
            scram.put("ssl.truststore.location", broker.caFile().toString());
            scram.remove("ssl.truststore.password");
            broker.createTopic("orders", 2);

            assertThat(topics(plain)).contains("orders");
            assertThat(topics(scram)).contains("orders");
            plain.compute("sasl.jaas.config", (key, jaas) -> jaas.toString().replace(broker.password(), "wrong"));
            assertThatThrownBy(() -> topics(plain)).hasCauseInstanceOf(SaslAuthenticationException.class);
        }
    }

    private static Iterable<String> topics(Map<String, Object> client) throws Exception {
        try (Admin admin = Admin.create(client)) {
            return admin.listTopics().names().get(10, TimeUnit.SECONDS);
        }
    }

    private static Map<String, Object> secured(SandboxBroker broker, String address, String mechanism, String module) {
        Map<String, Object> client = new HashMap<>();
        client.put("bootstrap.servers", address);
        client.put("security.protocol", "SASL_SSL");
        client.put("sasl.mechanism", mechanism);
        client.put(
                "sasl.jaas.config",
                "org.apache.kafka.common.security.%s required username=\"%s\" password=\"%s\";"
                        .formatted(module, broker.user(), broker.password()));
        client.put("ssl.truststore.type", "PKCS12");
        client.put("ssl.truststore.location", broker.trustStore().toString());
        client.put("ssl.truststore.password", broker.trustStorePassword());
        return client;
    }

    private static Future<RecordMetadata> send(SandboxBroker broker, String topic, String value) {
        return broker.producer().send(new ProducerRecord<>(topic, 1, null, value.getBytes(UTF_8)));
    }
}
