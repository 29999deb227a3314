package dev.kafila.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 120, unit = TimeUnit.SECONDS)
class BrokerProcessTest {
    private static final String TOPIC = "orders";

    @Test
    void aBrokerThatWasKilledHasItsRecordsWhenItIsBackAndTakesMore() throws ExecutionException, InterruptedException {
        try (SandboxBroker broker = SandboxBroker.startProcess()) {
            broker.createTopic(TOPIC, 1);
            send(broker, "before");

            broker.stop();
            broker.restart();
            send(broker, "after");

            assertThat(broker.records(TOPIC))
                    .extracting(record -> new String(record.value(), StandardCharsets.UTF_8))
                    .containsExactly("before", "after");
        }
    }

    private static void send(SandboxBroker broker, String value) throws ExecutionException, InterruptedException {
        broker.producer()
                .send(new ProducerRecord<>(TOPIC, value.getBytes(StandardCharsets.UTF_8)))
                .get();
    }
}
