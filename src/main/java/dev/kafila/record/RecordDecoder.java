package dev.kafila.record;

import dev.kafila.record.RecordDecodeException.Side;
import java.util.Objects;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.errors.RetriableException;
import org.apache.kafka.connect.header.ConnectHeaders;
import org.apache.kafka.connect.header.Headers;
import org.apache.kafka.connect.storage.Converter;
import org.apache.kafka.connect.storage.HeaderConverter;

/** Reads records with Kafka Connect's converters; one that cannot be read is that record's failure alone. */
public final class RecordDecoder implements RecordReader {
    private final Converter keyConverter;
    private final Converter valueConverter;
    private final HeaderConverter headerConverter;

    /** All converters are configured already; what has none, null, is not decoded. */
    public RecordDecoder(Converter keyConverter, Converter valueConverter, HeaderConverter headerConverter) {
        this.keyConverter = keyConverter;
        this.valueConverter = valueConverter;
        this.headerConverter = headerConverter;
    }

    /** A failure is whatever a converter throws but an error of the JVM, or a request to be tried again. */
    @Override
    public KafkaRecord read(ConsumerRecord<byte[], byte[]> record) {
        return new KafkaRecord(
                record,
                record.topic(),
                record.partition(),
                record.timestamp(),
                convert(record, Side.KEY, keyConverter, record.key()),
                convert(record, Side.VALUE, valueConverter, record.value()),
                headerConverter == null ? null : headers(record));
    }

    private static SchemaAndValue convert(
            ConsumerRecord<byte[], byte[]> record, Side side, Converter converter, byte[] bytes) {
        if (converter == null) {
            return SchemaAndValue.NULL;
        }
        return reading(
                record,
                side,
                converter.getClass(),
                () -> converter.toConnectData(record.topic(), record.headers(), bytes));
    }

    private Headers headers(ConsumerRecord<byte[], byte[]> record) {
        Headers headers = new ConnectHeaders();
        for (Header header : record.headers()) {
            SchemaAndValue read = reading(
                    record,
                    Side.HEADERS,
                    headerConverter.getClass(),
                    () -> headerConverter.toConnectHeader(record.topic(), header.key(), header.value()));
            headers.add(header.key(), read);
        }
        return headers;
    }

    private static SchemaAndValue reading(
            ConsumerRecord<byte[], byte[]> record, Side side, Class<?> converter, Supplier<SchemaAndValue> reading) {
        try {
            // A converter that answers null has read nothing: Connect's own treat that as a null value.
            return Objects.requireNonNullElse(reading.get(), SchemaAndValue.NULL);
        } catch (RetriableException e) {
            throw new SourceUnavailableException(record, converter.getName(), e);
        } catch (RuntimeException e) {
            throw new RecordDecodeException(record, side, converter.getName(), e);
        }
    }
}
