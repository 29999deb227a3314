package dev.kafila.batch;

import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/** What an operator can see and do of a consumer's partitions; every {@code kafka-batch} consumer is one. */
public interface PartitionControl {

    /** The partitions of this consumer that were stopped by a failure, with the reason. Empty when all go on. */
    Map<TopicPartition, String> stoppedPartitions();

    /** Asks the consumer to go on with a stopped partition; returns false if it is not one of this consumer's stopped ones. */
    boolean resumePartition(TopicPartition partition);
}
