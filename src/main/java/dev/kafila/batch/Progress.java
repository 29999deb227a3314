package dev.kafila.batch;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
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

    /** Asks the brokers; what they do not answer soon stays as it was. */
    void look(Collection<Lane> lanes) {
        owned = lanes.size();
        try {
            Events.unwoken(() -> partitions = topics.count(client, PATIENCE));
            Map<TopicPartition, Lane> owning = lanes.stream().collect(Collectors.toMap(Lane::partition, lane -> lane));
            if (!owning.isEmpty() && partitions > 0) {
                Events.unwoken(() -> lag = behind(owning));
            }
        } catch (TimeoutException e) {
            LOG.debug("How far {} is behind is not known now", topics, e);
        }
        if (lanes.isEmpty()) {
            lag = 0;
        }
    }

    private long behind(Map<TopicPartition, Lane> owning) {
        long sum = 0;
        for (Map.Entry<TopicPartition, Long> end :
                client.endOffsets(owning.keySet(), PATIENCE).entrySet()) {
            Lane lane = owning.get(end.getKey());
            long behind = Math.max(0, end.getValue() - lane.settled());
            lane.account().behind(behind);
            sum += behind;
        }
        return sum;
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
