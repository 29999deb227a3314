package dev.kafila.record;

import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.storage.Converter;

/** Hands the bytes on as they are, as Connect's {@code ByteArrayConverter} does, which comes with Connect's runtime only. */
public final class BytesConverter implements Converter {

    @Override
    public void configure(Map<String, ?> configs, boolean isKey) {}

    @Override
    public byte[] fromConnectData(String topic, Schema schema, Object value) {
        if (schema != null && schema.type() != Schema.Type.BYTES) {
            throw new DataException("The bytes converter cannot write " + schema.type());
        }
        if (value != null && !(value instanceof byte[])) {
            throw new DataException(
                    "The bytes converter cannot write a " + value.getClass().getName());
        }
        return (byte[]) value;
    }

    @Override
    public SchemaAndValue toConnectData(String topic, byte[] value) {
        return new SchemaAndValue(Schema.OPTIONAL_BYTES_SCHEMA, value);
    }
}
