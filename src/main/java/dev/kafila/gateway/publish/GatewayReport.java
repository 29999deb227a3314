package dev.kafila.gateway.publish;

import dev.kafila.gateway.request.RequestException;
import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts what became of requests, {@code kafila_gateway_requests_total} by topic and outcome, and logs failures: the first of a topic,
 * and then a line now and again while there are more. Thread-safe.
 */
final class GatewayReport {
    /** The topic of requests that name none which may be written to: their names may be anything. */
    static final String UNKNOWN = "unknown";

    private static final Logger LOG = LoggerFactory.getLogger(GatewayReport.class);
    private static final Duration QUIET = Duration.ofSeconds(10);
    private static final List<String> OUTCOMES = List.of("published", "repeated", "refused", "failed");

    private final Map<String, Topic> topics = new HashMap<>();

    GatewayReport(Collection<MeterRegistry> registries, Collection<String> topics) {
        MeterRegistry registry = new CompositeMeterRegistry(Clock.SYSTEM, registries);
        this.topics.put(UNKNOWN, new Topic(UNKNOWN, registry));
        topics.forEach(topic -> this.topics.put(topic, new Topic(topic, registry)));
    }

    /** @param begin of the request, in {@link System#nanoTime} */
    void published(String topic, RecordMetadata place, boolean repeated, long begin) {
        Topic counted = topics.get(topic);
        if (!repeated) {
            // A size is below 0 where there is no key.
            counted.bytes.increment(Math.max(0, place.serializedKeySize()) + place.serializedValueSize());
        }
        counted.answered(repeated ? "repeated" : "published", begin);
    }

    void refused(String topic, long begin) {
        topics.get(topic).answered("refused", begin);
    }

    void failed(String topic, Throwable reason, long begin) {
        topics.get(topic).answered("failed", begin);
        topics.get(topic).log(reason);
    }

    private static final class Topic {
        private final String name;
        private final Map<String, Counter> requests = new HashMap<>();
        private final Counter bytes;
        private final Timer answers;
        private final AtomicLong quietUntil = new AtomicLong(System.nanoTime());
        private final AtomicLong unlogged = new AtomicLong();

        Topic(String name, MeterRegistry registry) {
            this.name = name;
            OUTCOMES.forEach(outcome -> requests.put(
                    outcome,
                    Counter.builder("kafila.gateway.requests")
                            .description("Requests into Kafka that were answered, by outcome")
                            .tags("topic", name, "outcome", outcome)
                            .register(registry)));
            bytes = Counter.builder("kafila.gateway.published")
                    .description("Keys and values of records that were acknowledged")
                    .baseUnit("bytes")
                    .tag("topic", name)
                    .register(registry);
            answers = Timer.builder("kafila.gateway.answers")
                    .description("From the arrival of a request to its answer")
                    .tag("topic", name)
                    .register(registry);
        }

        void answered(String outcome, long begin) {
            requests.get(outcome).increment();
            answers.record(System.nanoTime() - begin, TimeUnit.NANOSECONDS);
        }

        void log(Throwable reason) {
            long quiet = quietUntil.get();
            long now = System.nanoTime();
            if (now - quiet < 0 || !quietUntil.compareAndSet(quiet, now + QUIET.toNanos())) {
                unlogged.incrementAndGet();
                return;
            }
            LOG.warn(
                    "Requests to topic {} fail, and {} more failed since the last line: {}",
                    name,
                    unlogged.getAndSet(0),
                    // What a request is refused with may repeat it.
                    reason instanceof RequestException
                            ? "its schema cannot be found out: " + Failures.told(reason.getCause())
                            : reason.getMessage());
        }
    }
}
