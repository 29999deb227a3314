package dev.kafila.gateway.publish;

import dev.kafila.failure.DurableProducer;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Lets the records of a topic through while the cluster has it. The client of Kafka waits for a topic that is missing as for brokers that
 * are slow; whoever sends to it is told at once. Thread-safe.
 */
final class TopicDoor {
    /** For which what was found out is told without looking again. */
    private static final Duration REMEMBERED = Duration.ofSeconds(1);
    /** Of one question whether the topic is there. */
    private static final String LOOK_MILLIS = "1000";

    private final String topic;
    private final DurableProducer producer;
    private volatile Finding closed;
    /** Null if nothing is known to be in the way. */
    private volatile String obstacle;

    /** @param until in {@link System#nanoTime} */
    private record Finding(String reason, Throwable cause, long until) {
        boolean holds() {
            return System.nanoTime() - until < 0;
        }
    }

    TopicDoor(String topic, DurableProducer producer) {
        this.topic = topic;
        this.producer = producer;
    }

    /** What keeps records from going out, for whoever has waited long enough. */
    String obstacle() {
        String known = obstacle;
        return known == null ? "requests before it take that long" : known;
    }

    /**
     * Returns when the topic can be written to, or when the publication is over.
     *
     * @throws PublishFailedException if it cannot, and waiting for it is in vain
     */
    void pass(Publication publication) throws PublishFailedException {
        throwIfClosed();
        while (!publication.isOver()) {
            try {
                producer.awaitTopic(topic);
                obstacle = null;
                return;
            } catch (TimeoutException e) {
                look();
            } catch (IllegalStateException e) {
                // The client was closed, to stop or to be made anew.
                throw Failures.before(topic, e);
            } catch (KafkaException e) {
                close(Failures.before(topic, e));
            }
        }
    }

    private void throwIfClosed() throws PublishFailedException {
        Finding found = closed;
        if (found != null && found.holds()) {
            throw new PublishFailedException(found.reason, found.cause);
        }
    }

    private void close(PublishFailedException found) throws PublishFailedException {
        closed = new Finding(found.getMessage(), found.getCause(), System.nanoTime() + REMEMBERED.toNanos());
        throw found;
    }

    /** One at a time; the others learn what came of it. */
    private synchronized void look() throws PublishFailedException {
        throwIfClosed();
        obstacle = "no broker has told yet where topic " + topic + " is";
        try (Admin admin = Admin.create(properties())) {
            admin.describeTopics(List.of(topic)).allTopicNames().get();
            obstacle = "the leaders of topic " + topic + " are not known yet";
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                close(new PublishFailedException("there is no topic " + topic + " in the cluster: create it", e));
            }
            obstacle = "no broker tells where topic " + topic + " is: " + Failures.told(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PublishFailedException(Failures.stopping(topic).getMessage(), e);
        } catch (KafkaException e) {
            obstacle = "no broker tells where topic " + topic + " is: " + Failures.told(e);
        }
    }

    private Map<String, Object> properties() {
        Map<String, Object> properties = new HashMap<>(producer.clientProperties());
        properties.keySet().retainAll(AdminClientConfig.configNames());
        properties.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, LOOK_MILLIS);
        properties.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, LOOK_MILLIS);
        return properties;
    }
}
