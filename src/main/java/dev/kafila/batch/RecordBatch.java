package dev.kafila.batch;

import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Records of one partition with increasing offsets: the body of every exchange of a {@code kafka-batch} consumer.
 *
 * @param records at least one; key, value and header values are as the broker sent them and may be null
 * @param bytes   what the records take in memory by {@link RecordSize}, in bytes
 */
public record RecordBatch(String topic, int partition, List<ConsumerRecord<byte[], byte[]>> records, long bytes) {

    public RecordBatch {
        records = List.copyOf(records);
        if (records.isEmpty()) {
            throw new IllegalArgumentException("A batch of " + topic + "-" + partition + " holds no record");
        }
    }

    public long firstOffset() {
        return records.get(0).offset();
    }

    public long lastOffset() {
        return records.get(records.size() - 1).offset();
    }

    public int size() {
        return records.size();
    }

    public TopicPartition topicPartition() {
        return new TopicPartition(topic, partition);
    }

    /** The batch's place for messages and logs, {@code orders-0@7..31}. */
    public String coordinates() {
        return topic + "-" + partition + "@" + firstOffset() + ".." + lastOffset();
    }
}
