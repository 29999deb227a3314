package dev.kafila.batch;

import java.time.Duration;
import java.util.Collection;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.errors.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a member's topics are and how far it is behind. Looked at by the poll thread, for whoever asked; read by any. */
final class Progress {
    private static final Logger LOG = LoggerFactory.getLogger(Progress.class);
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Consumer<?, ?> client;
    private final Topics topics;
    private volatile int partitions = MemberState.UNKNOWN;
    private volatile long lag;
    private volatile int owned;

    Progress(Consumer<?, ?> client, Topics topics) {
        this.client = client;
        this.topics = topics;
    }

    /** Looks at what the client knows: to ask a broker would wait for the fetch that it holds back, and deliveries with it. */
    void look(Collection<Lane> lanes) {
        owned = lanes.size();
        try {
            // Asks only when no broker has told of the topic yet, or it is gone.
            Events.unwoken(() -> partitions = topics.count(client, PATIENCE));
        } catch (TimeoutException e) {
            LOG.debug("What {} are is not known now", topics, e);
        }
        lanes.forEach(this::look);
        lag = lanes.stream().mapToLong(lane -> lane.account().lag().orElse(0)).sum();
    }

    /** What is not known yet stays as it was. */
    private void look(Lane lane) {
        try {
            Events.unwoken(() -> client.currentLag(lane.partition()).ifPresent(ahead -> {
                long end = client.position(lane.partition(), Duration.ZERO) + ahead;
                lane.account().behind(Math.max(0, end - lane.settled()));
            }));
        } catch (TimeoutException | IllegalStateException e) {
            LOG.debug("How far {} is behind is not known now", lane.partition(), e);
        }
    }

    int partitions() {
        return partitions;
    }

    long lag() {
        return lag;
    }

    /** Partitions that the member had when it looked last. */
    int owned() {
        return owned;
    }
}
