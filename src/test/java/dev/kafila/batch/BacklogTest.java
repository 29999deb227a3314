package dev.kafila.batch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kafila.sandbox.SandboxBroker;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.camel.Exchange;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedBroker.class)
@Timeout(value = 90, unit = TimeUnit.SECONDS)
class BacklogTest {
    private final SandboxBroker broker;
    private ConsumerFixture fixture;

    BacklogTest(SandboxBroker broker) {
        this.broker = broker;
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void whatAMemberBuffersOfABacklogStaysBelowItsBoundWhileTheRouteIsSlow() {
        fixture = new ConsumerFixture(broker, 4);
        for (int partition = 0; partition < 4; partition++) {
            fixture.produce(fixture.topic, partition, 6_400, 4_000);
        }
        Gauge gauge = new Gauge();
        fixture.tamper(gauge::tamper);

        fixture.start("batchSize=100&bufferBytes=4194304", exchange -> {
            Thread.sleep(30);
            gauge.settled(exchange);
        });
        for (int partition = 0; partition < 4; partition++) {
            fixture.awaitCommitted(partition, 6_400);
        }

        assertThat(fixture.deliveredRecords()).isEqualTo(4 * 6_400);
        assertThat(gauge.most.get()).isBetween(500_000L, 4L << 20);
    }

    /** Counts what was polled and has not been delivered. */
    private static final class Gauge {
        private final AtomicLong held = new AtomicLong();
        private final AtomicLong most = new AtomicLong();

        Consumer<byte[], byte[]> tamper(Consumer<byte[], byte[]> client) {
            return TamperedClients.with(client, Map.of("poll/1", (real, arguments) -> {
                ConsumerRecords<?, ?> polled = (ConsumerRecords<?, ?>) real.call();
                for (ConsumerRecord<?, ?> record : polled) {
                    held.addAndGet(record.serializedValueSize());
                }
                most.accumulateAndGet(held.get(), Math::max);
                return polled;
            }));
        }

        void settled(Exchange exchange) {
            RecordBatch batch = exchange.getMessage().getBody(RecordBatch.class);
            batch.records().forEach(record -> held.addAndGet(-record.serializedValueSize()));
        }
    }
}
