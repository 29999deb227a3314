package dev.kafila.failure;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.storage.StringConverter;

/** A converter that refuses the value {@code poison}, and quotes it. */
public final class Poisonable extends StringConverter {

    @Override
    public SchemaAndValue toConnectData(String topic, byte[] value) {
        if (value != null && new String(value, StandardCharsets.UTF_8).equals("poison")) {
            throw new DataException("Cannot read poison ");
        }
        return super.toConnectData(topic, value);
    }
}
