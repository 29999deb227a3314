package dev.kafila.transform;

import dev.kafila.record.ConnectProperties;
import dev.kafila.record.KafkaRecord;
import java.util.List;
import java.util.Objects;
import org.apache.camel.CamelContext;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.sink.SinkRecord;

/** Transforms one after another, each with its predicate. Not thread-safe, as transforms are not. */
final class TransformChain implements AutoCloseable {
    private final List<TransformStep> steps;

    private TransformChain(List<TransformStep> steps) {
        this.steps = steps;
    }

    /** Throws {@link IllegalArgumentException} with the name of an option that is not right. */
    static TransformChain configure(ConnectProperties properties, CamelContext context) {
        return new TransformChain(new TransformOptions(properties, context).steps());
    }

    /** Returns null when a transform filters the record. */
    KafkaRecord apply(KafkaRecord record) {
        SinkRecord transformed = sinkRecord(record);
        for (TransformStep step : steps) {
            transformed = step.apply(transformed, record);
            if (transformed == null) {
                return null;
            }
        }
        return kafkaRecord(record.source(), transformed);
    }

    private static SinkRecord sinkRecord(KafkaRecord record) {
        return new SinkRecord(
                record.topic(),
                record.partition(),
                record.key().schema(),
                record.key().value(),
                record.value().schema(),
                record.value().value(),
                record.source().offset(),
                record.timestamp() == ConsumerRecord.NO_TIMESTAMP ? null : record.timestamp(),
                record.source().timestampType(),
                record.headers());
    }

    private static KafkaRecord kafkaRecord(ConsumerRecord<byte[], byte[]> source, SinkRecord record) {
        return new KafkaRecord(
                source,
                record.topic(),
                // A transform may leave the partition to a producer, which there is none.
                Objects.requireNonNullElse(record.kafkaPartition(), source.partition()),
                Objects.requireNonNullElse(record.timestamp(), ConsumerRecord.NO_TIMESTAMP),
                new SchemaAndValue(record.keySchema(), record.key()),
                new SchemaAndValue(record.valueSchema(), record.value()),
                record.headers());
    }

    @Override
    public void close() {
        steps.forEach(TransformStep::close);
    }
}
