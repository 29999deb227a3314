package dev.kafila.failure;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Creates topics that are missing before they are written to. What it cannot do it says; the write that follows tells the rest. Thread-safe. */
public final class TargetTopics {
    private static final Logger LOG = LoggerFactory.getLogger(TargetTopics.class);

    /** Of one question to the brokers. Whoever waits for the answer holds a batch, or a start, whose checks wait 10 s. */
    private static final Duration LONGEST = Duration.ofSeconds(8);

    private final Supplier<Map<String, Object>> client;
    private final Set<String> known = ConcurrentHashMap.newKeySet();

    /** @param client properties that reach the cluster */
    public TargetTopics(Supplier<Map<String, Object>> client) {
        this.client = client;
    }

    /** Looks whether a topic is there, once, until it is {@link #forget forgotten}. */
    public void require(TargetTopic topic) throws InterruptedException {
        if (!known.contains(topic.name())) {
            createIfMissing(topic);
        }
    }

    /** After a write that failed: the topic may be gone. */
    public void forget(TargetTopic topic) {
        known.remove(topic.name());
    }

    private synchronized void createIfMissing(TargetTopic topic) throws InterruptedException {
        if (known.contains(topic.name())) {
            return;
        }
        try (Admin admin = Admin.create(properties())) {
            if (!exists(topic, admin)) {
                create(topic, admin);
            }
            known.add(topic.name());
        } catch (ExecutionException | RuntimeException e) {
            Throwable problem = e instanceof ExecutionException ? e.getCause() : e;
            LOG.warn(
                    "Topic {} could not be looked for or created, and without it nothing is written there: {}: {}. Create it, or"
                            + " grant the right to",
                    topic.name(),
                    problem.getClass().getSimpleName(),
                    problem.getMessage());
        }
    }

    private static boolean exists(TargetTopic topic, Admin admin) throws ExecutionException, InterruptedException {
        try {
            admin.describeTopics(List.of(topic.name())).allTopicNames().get();
            return true;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                return false;
            }
            throw e;
        }
    }

    private static void create(TargetTopic topic, Admin admin) throws ExecutionException, InterruptedException {
        NewTopic created = new NewTopic(
                topic.name(),
                Optional.ofNullable(topic.partitions()),
                Optional.ofNullable(topic.replication()).map(Integer::shortValue));
        try {
            admin.createTopics(List.of(created)).all().get();
            LOG.info("Created topic {}", topic.name());
        } catch (ExecutionException e) {
            // Another instance was quicker.
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw e;
            }
        }
    }

    private Map<String, Object> properties() {
        Map<String, Object> properties = new HashMap<>(client.get());
        properties.keySet().retainAll(AdminClientConfig.configNames());
        int longest = milliseconds(properties, AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG);
        properties.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, longest);
        properties.put(
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
                Math.min(longest, milliseconds(properties, AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG)));
        return properties;
    }

    private static int milliseconds(Map<String, Object> properties, String name) {
        int most = Math.toIntExact(LONGEST.toMillis());
        return Math.min(most, Integer.parseInt(String.valueOf(properties.getOrDefault(name, most))));
    }
}
