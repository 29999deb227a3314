package dev.kafila.transform;

import dev.kafila.record.KafkaRecord;
import dev.kafila.record.RecordTransformException;
import dev.kafila.record.SourceUnavailableException;
import org.apache.kafka.connect.errors.RetriableException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.transforms.Transformation;
import org.apache.kafka.connect.transforms.predicates.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A transform with the condition on which it is applied.
 *
 * @param predicate null: it always is
 * @param negate    whether it is applied where the predicate is false
 */
record TransformStep(Transformation<SinkRecord> transform, Predicate<SinkRecord> predicate, boolean negate) {
    private static final Logger LOG = LoggerFactory.getLogger(TransformStep.class);

    /**
     * Applies it where its condition holds.
     *
     * @param source for messages
     * @return null if the transform filters the record
     */
    SinkRecord apply(SinkRecord record, KafkaRecord source) {
        Class<?> current = predicate == null ? transform.getClass() : predicate.getClass();
        try {
            if (predicate != null && predicate.test(record) == negate) {
                return record;
            }
            current = transform.getClass();
            return transform.apply(record);
        } catch (RetriableException e) {
            throw new SourceUnavailableException(source.source(), current.getName(), e);
        } catch (RuntimeException e) {
            throw new RecordTransformException(source.source(), current.getName(), e);
        }
    }

    /** Never throws: the others are to be closed as well. */
    void close() {
        close(transform, transform::close);
        if (predicate != null) {
            close(predicate, predicate::close);
        }
    }

    private static void close(Object closed, Runnable closing) {
        try {
            closing.run();
        } catch (RuntimeException e) {
            LOG.warn("{} cannot be closed", closed.getClass().getName(), e);
        }
    }
}
