package dev.kafila.mapping.store;

import dev.kafila.mapping.StoreUnavailableException;
import dev.kafila.settings.MappingSettings.Shared;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The topic of the mappings: made if it is missing, refused if mappings would get lost in it. */
final class StoreTopic {
    private static final Logger LOG = LoggerFactory.getLogger(StoreTopic.class);

    /** How the topic is made. Whoever makes it by hand needs the policy only. */
    private static final Map<String, String> CONFIGS = Map.of(
            TopicConfig.CLEANUP_POLICY_CONFIG,
            TopicConfig.CLEANUP_POLICY_COMPACT,
            // A writer reads what it has written before anything can be compacted.
            TopicConfig.MIN_COMPACTION_LAG_MS_CONFIG,
            "600000",
            // Tells what took too long to get here.
            TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG,
            "LogAppendTime",
            // What instances see changes all the time, and only closed segments are compacted.
            TopicConfig.SEGMENT_BYTES_CONFIG,
            "16777216");

    private final Shared shared;
    private final TopicPartition partition;

    StoreTopic(Shared shared) {
        this.shared = shared;
        partition = new TopicPartition(shared.topic(), 0);
    }

    TopicPartition partition() {
        return partition;
    }

    /**
     * Returns when the topic is there and as it has to be.
     *
     * @throws StoreUnavailableException saying what to do about a topic that is not
     */
    void require(Admin admin) {
        try {
            int partitions = partitions(admin);
            if (partitions == 0) {
                create(admin);
            } else {
                requireOne(partitions);
                requireCompaction(admin);
            }
        } catch (ExecutionException e) {
            throw new StoreUnavailableException(
                    "Topic " + shared.topic()
                            + ", where event source mappings live, could not be looked for or created: "
                            + e.getCause().getMessage()
                            + " Create it with one partition and cleanup.policy=compact, or grant the right to",
                    e.getCause());
        }
    }

    /** 0 if the topic is missing. */
    private int partitions(Admin admin) throws ExecutionException {
        try {
            return get(admin.describeTopics(List.of(shared.topic())).allTopicNames())
                    .get(shared.topic())
                    .partitions()
                    .size();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                return 0;
            }
            throw e;
        }
    }

    private void create(Admin admin) throws ExecutionException {
        NewTopic topic = new NewTopic(
                        shared.topic(),
                        Optional.of(1),
                        Optional.ofNullable(shared.topicReplication()).map(Integer::shortValue))
                .configs(CONFIGS);
        try {
            get(admin.createTopics(List.of(topic)).all());
            LOG.info("Created topic {}, where event source mappings live", shared.topic());
        } catch (ExecutionException e) {
            // Another instance was quicker.
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw e;
            }
        }
    }

    private void requireOne(int partitions) {
        if (partitions != 1) {
            throw refused("has " + partitions + " partitions, and the order of changes needs a topic with one");
        }
    }

    private void requireCompaction(Admin admin) throws ExecutionException {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, shared.topic());
        try {
            String policy = get(admin.describeConfigs(List.of(resource)).all())
                    .get(resource)
                    .get(TopicConfig.CLEANUP_POLICY_CONFIG)
                    .value();
            if (!policy.equals(TopicConfig.CLEANUP_POLICY_COMPACT)) {
                throw refused("has cleanup.policy=" + policy
                        + ", and old mappings would get lost: set cleanup.policy=compact");
            }
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof AuthorizationException)) {
                throw e;
            }
            LOG.warn(
                    "Nobody may say whether topic {} is compacted. Grant DescribeConfigs on it, or make sure of"
                            + " cleanup.policy=compact: otherwise mappings get lost",
                    shared.topic());
        }
    }

    private StoreUnavailableException refused(String problem) {
        return new StoreUnavailableException(
                "Topic " + shared.topic() + " " + problem + ", or name another topic in kafila.mapping.topic", null);
    }

    static <T> T get(KafkaFuture<T> answer) throws ExecutionException {
        try {
            return answer.get();
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }
}
