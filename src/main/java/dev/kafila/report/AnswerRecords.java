package dev.kafila.report;

import dev.kafila.failure.Report;
import dev.kafila.format.PayloadBuffer;
import dev.kafila.format.ResultRecord;
import dev.kafila.record.KafkaRecord;
import dev.kafila.record.RecordReader;
import dev.kafila.record.SourceUnavailableException;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The form of an answer in a topic: the key of the record that was answered, and a {@link ResultRecord}. */
final class AnswerRecords {
    private static final Logger LOG = LoggerFactory.getLogger(AnswerRecords.class);

    private final RecordReader reader;

    /** @param reader of keys and headers */
    AnswerRecords(RecordReader reader) {
        this.reader = reader;
    }

    /** Throws {@link SourceUnavailableException} if the record cannot be read for now. */
    ProducerRecord<byte[], byte[]> of(String topic, Report.Answered answered) {
        byte[] result = answered.result().getBytes(StandardCharsets.UTF_8);
        return new ProducerRecord<>(topic, answered.record().key(), value(answered.record(), result));
    }

    /** A record that was sent as bytes perhaps cannot be read. It is delivered all the same, so its key is shown as bytes. */
    private byte[] value(ConsumerRecord<byte[], byte[]> source, byte[] result) {
        try {
            KafkaRecord read = reader.read(source);
            return write(read == null ? unread(source) : read, result);
        } catch (SourceUnavailableException e) {
            throw e;
        } catch (RuntimeException e) {
            LOG.debug(
                    "The key of {} is reported as bytes: {}",
                    KafkaRecord.coordinates(source),
                    e.getClass().getName());
            return write(unread(source), result);
        }
    }

    private static KafkaRecord unread(ConsumerRecord<byte[], byte[]> source) {
        return new KafkaRecord(source, new SchemaAndValue(null, source.key()), SchemaAndValue.NULL);
    }

    private static byte[] write(KafkaRecord record, byte[] result) {
        PayloadBuffer out = new PayloadBuffer(result.length + 1024);
        ResultRecord.write(record, result, out);
        return out.toByteArray();
    }
}
