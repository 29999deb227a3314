package dev.kafila.mapping.destination;

import dev.kafila.failure.DurableProducer;
import dev.kafila.failure.FailedRecord;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.camel.component.kafka.KafkaClientFactory;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes one record for each record to a topic on the mapping's cluster, with the same key. */
final class KafkaDestination implements DestinationWriter {
    private static final Logger LOG = LoggerFactory.getLogger(KafkaDestination.class);

    private final Destination topic;
    private final FailureRecords records;
    private final DurableProducer producer;

    KafkaDestination(KafkaClientFactory kafka, Destination topic, FailureRecords records) {
        this.topic = topic;
        this.records = records;
        producer = new DurableProducer(kafka);
    }

    @Override
    public List<FailedPart> units(List<FailedRecord> failed) {
        return FailedPart.each(failed);
    }

    /** What no attempt would make fit goes without its event, as AWS does where a destination takes no more. */
    @Override
    public CompletableFuture<?> write(FailedPart part) {
        // Not on the producer's own thread, which a further record would wait for.
        return producer.send(() -> message(part, records.withEvent(part))).exceptionallyComposeAsync(problem -> {
            if (!(problem instanceof RecordTooLargeException)) {
                return CompletableFuture.failedFuture(problem);
            }
            LOG.warn(
                    "{} is too large for {} together with its event, and is told of without it: raise max.message.bytes of the topic",
                    part.coordinates(),
                    topic);
            return producer.send(() -> message(part, records.withoutEvent(part)));
        });
    }

    private ProducerRecord<byte[], byte[]> message(FailedPart one, byte[] value) {
        return new ProducerRecord<>(topic.name(), one.first().record().key(), value);
    }

    @Override
    public void close() {
        producer.close();
    }
}
