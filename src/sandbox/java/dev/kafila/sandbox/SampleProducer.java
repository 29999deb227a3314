package dev.kafila.sandbox;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;

/** Sends sample records and knows which of them the broker has. */
final class SampleProducer {
    private final SandboxBroker broker;
    private final SampleRecords samples;
    private final RecordSet sent = new RecordSet();
    private long next;

    SampleProducer(SandboxBroker broker, SampleRecords samples) {
        this.broker = broker;
        this.samples = samples;
    }

    /** A record with the place that the broker gave it. */
    record Sent(ProducerRecord<byte[], byte[]> record, long offset) {
        TopicPartition partition() {
            return new TopicPartition(record.topic(), record.partition());
        }
    }

    /** Sends that many more, and returns when the broker has them. */
    List<Sent> send(int count) throws InterruptedException {
        List<ProducerRecord<byte[], byte[]>> records = samples.records(next, count);
        next += count;
        List<Future<RecordMetadata>> answers = new ArrayList<>();
        records.forEach(record -> answers.add(broker.producer().send(record)));
        broker.producer().flush();
        List<Sent> done = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Sent one = new Sent(records.get(i), offset(answers.get(i)));
            sent.add(one.partition(), one.offset());
            done.add(one);
        }
        return done;
    }

    RecordSet sent() {
        return sent;
    }

    private static long offset(Future<RecordMetadata> answer) throws InterruptedException {
        try {
            return answer.get().offset();
        } catch (ExecutionException e) {
            throw new IllegalStateException("The sandbox's broker did not take a sample record", e.getCause());
        }
    }
}
