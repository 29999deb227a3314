package dev.kafila.record;

import java.util.Map;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.storage.Converter;

/** Reads one primitive value as Kafka's own serializers write it: what Connect's {@code LongConverter} and its like do. */
final class PrimitiveConverter implements Converter {

    private record Primitive(Schema schema, Serde<?> serde) {}

    private static final Map<String, Primitive> PRIMITIVES = Map.of(
            "BooleanConverter", new Primitive(Schema.OPTIONAL_BOOLEAN_SCHEMA, Serdes.Boolean()),
            "ShortConverter", new Primitive(Schema.OPTIONAL_INT16_SCHEMA, Serdes.Short()),
            "IntegerConverter", new Primitive(Schema.OPTIONAL_INT32_SCHEMA, Serdes.Integer()),
            "LongConverter", new Primitive(Schema.OPTIONAL_INT64_SCHEMA, Serdes.Long()),
            "FloatConverter", new Primitive(Schema.OPTIONAL_FLOAT32_SCHEMA, Serdes.Float()),
            "DoubleConverter", new Primitive(Schema.OPTIONAL_FLOAT64_SCHEMA, Serdes.Double()));

    private final Primitive primitive;

    /** @param name as Connect calls it, {@code LongConverter} */
    PrimitiveConverter(String name) {
        primitive = PRIMITIVES.get(name);
    }

    static boolean reads(String name) {
        return PRIMITIVES.containsKey(name);
    }

    @Override
    public void configure(Map<String, ?> configs, boolean isKey) {}

    @Override
    public SchemaAndValue toConnectData(String topic, byte[] value) {
        try {
            return new SchemaAndValue(
                    primitive.schema(), primitive.serde().deserializer().deserialize(topic, value));
        } catch (SerializationException e) {
            throw new DataException("Not a value of " + primitive.schema().type(), e);
        }
    }

    @Override
    public byte[] fromConnectData(String topic, Schema schema, Object value) {
        try {
            return serialize(primitive.serde(), topic, value);
        } catch (ClassCastException | SerializationException e) {
            throw new DataException("Not a value of " + primitive.schema().type(), e);
        }
    }

    @SuppressWarnings("unchecked")
    private static <T> byte[] serialize(Serde<T> serde, String topic, Object value) {
        return serde.serializer().serialize(topic, (T) value);
    }
}
