package dev.kafila.record;

import dev.kafila.record.RecordDecodeException.Side;
import java.util.Objects;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.errors.RetriableException;
import org.apache.kafka.connect.storage.Converter;

/** Reads records with Kafka Connect's converters; one that cannot be read is that record's failure alone. */
public final class RecordDecoder implements RecordReader {
    private final Converter keyConverter;
    private final Converter valueConverter;

    /** Both converters are configured already. */
    public RecordDecoder(Converter keyConverter, Converter valueConverter) {
        this.keyConverter = Objects.requireNonNull(keyConverter);
        this.valueConverter = Objects.requireNonNull(valueConverter);
    }

    @Override
    public KafkaRecord read(ConsumerRecord<byte[], byte[]> record) {
        return new KafkaRecord(
                record,
                convert(record, Side.KEY, keyConverter, record.key()),
                convert(record, Side.VALUE, valueConverter, record.value()));
    }

    private static SchemaAndValue convert(
            ConsumerRecord<byte[], byte[]> record, Side side, Converter converter, byte[] bytes) {
        try {
            // A converter that answers null has read nothing: Connect's own treat that as a null value.
            return Objects.requireNonNullElse(
                    converter.toConnectData(record.topic(), record.headers(), bytes), SchemaAndValue.NULL);
        } catch (RetriableException e) {
            throw new SourceUnavailableException(record, converter.getClass().getName(), e);
        } catch (RuntimeException e) {
            throw new RecordDecodeException(record, side, converter.getClass().getName(), e);
        }
    }
}
