package dev.kafila.mapping.destination;

import dev.kafila.failure.FailedRecord;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Records that are told of together.
 *
 * @param records at least one, all of one partition, in order
 */
record FailedPart(List<FailedRecord> records) {

    /** One for those that failed together: what AWS calls a batch. */
    static List<FailedPart> together(List<FailedRecord> failed) {
        Map<Long, List<FailedRecord>> parts = new LinkedHashMap<>();
        failed.forEach(record -> parts.computeIfAbsent(record.together(), first -> new ArrayList<>())
                .add(record));
        return parts.values().stream().map(FailedPart::new).toList();
    }

    /** One for each record. */
    static List<FailedPart> each(List<FailedRecord> failed) {
        return failed.stream().map(record -> new FailedPart(List.of(record))).toList();
    }

    int size() {
        return records.size();
    }

    FailedRecord first() {
        return records.get(0);
    }

    FailedRecord last() {
        return records.get(records.size() - 1);
    }

    List<ConsumerRecord<byte[], byte[]>> sources() {
        return records.stream().map(FailedRecord::record).toList();
    }

    /** The partition as AWS names it, {@code orders-0}. */
    String partition() {
        ConsumerRecord<?, ?> record = first().record();
        return record.topic() + "-" + record.partition();
    }

    /** This part's place for messages and logs, {@code orders-0@7..31}. */
    String coordinates() {
        long last = last().record().offset();
        String start = partition() + "@" + first().record().offset();
        return size() == 1 ? start : start + ".." + last;
    }
}
