package dev.kafila.lambda;

import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * The records of one request, as an answer may name them: by where they come from, or, where a transform has changed that, by where the
 * payload said they were. Their offsets differ, so that a name can never mean two of them.
 */
final class SentRecords {
    /** What is found where nothing was sent. */
    static final int NONE = -1;

    private final List<ConsumerRecord<byte[], byte[]>> records;
    private final Map<Long, TopicPartition> renamed;

    /**
     * @param records of one partition, their offsets increasing
     * @param renamed where the payload said a record was, by its offset, if that is not where it comes from
     */
    SentRecords(List<ConsumerRecord<byte[], byte[]>> records, Map<Long, TopicPartition> renamed) {
        this.records = records;
        this.renamed = renamed;
    }

    int size() {
        return records.size();
    }

    ConsumerRecord<byte[], byte[]> get(int index) {
        return records.get(index);
    }

    /** Index of a record by its coordinates; {@link #NONE} if it was not sent. */
    int find(String topic, long partition, long offset) {
        return find(topic + "-" + partition, offset);
    }

    /** The same with the partition as {@code topic-0}; topics hold dashes, partitions do not. */
    int find(String topicPartition, long offset) {
        int index = indexOf(offset);
        if (index == NONE) {
            return NONE;
        }
        ConsumerRecord<?, ?> record = records.get(index);
        TopicPartition shown = renamed.get(offset);
        boolean named = topicPartition.equals(record.topic() + "-" + record.partition())
                || (shown != null && topicPartition.equals(shown.toString()));
        return named ? index : NONE;
    }

    /** Searched and not indexed: most answers name no record. */
    private int indexOf(long offset) {
        int low = 0;
        int high = records.size() - 1;
        while (low <= high) {
            int middle = (low + high) / 2;
            long there = records.get(middle).offset();
            if (there == offset) {
                return middle;
            }
            if (there < offset) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return NONE;
    }
}
