package dev.kafila.record;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.storage.Converter;

/**
 * Reads JSON without a schema and keeps its digits and the order of its fields, which Connect's own converter does not: an integer
 * becomes a {@link Long} or, where it is larger, a {@link BigInteger}; any other number a {@link Double} where that is the same
 * number, else a {@link BigDecimal}. Jackson's limits apply: 1,000 levels, 1,000 digits, 20,000,000 characters of one text.
 */
public final class ExactJsonConverter implements Converter {
    private static final JsonFactory JSON = new JsonFactory();

    @Override
    public void configure(Map<String, ?> configs, boolean isKey) {}

    /** Refuses what holds a value twice by the same name: one of them would be lost. */
    @Override
    public SchemaAndValue toConnectData(String topic, byte[] bytes) {
        if (bytes == null) {
            return SchemaAndValue.NULL;
        }
        try (JsonParser parser = JSON.createParser(bytes)) {
            if (parser.nextToken() == null) {
                throw new DataException("Not JSON: there is nothing");
            }
            Object value = value(parser);
            if (parser.nextToken() != null) {
                throw new DataException("Not JSON: something follows after its end");
            }
            return new SchemaAndValue(null, value);
        } catch (IOException | NumberFormatException e) {
            throw new DataException("Not JSON", e);
        }
    }

    @Override
    public byte[] fromConnectData(String topic, Schema schema, Object value) {
        if (value == null) {
            return null;
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JsonGenerator generator = JSON.createGenerator(out)) {
            JsonValues.write(schema, value, generator);
        } catch (IOException e) {
            throw new DataException("Cannot be written as JSON", e);
        }
        return out.toByteArray();
    }

    private static Object value(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> array(parser);
            case VALUE_STRING -> parser.getText();
            case VALUE_NUMBER_INT -> integer(parser);
            case VALUE_NUMBER_FLOAT -> fraction(parser.getText());
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            default -> throw new DataException("Not JSON: " + parser.currentToken());
        };
    }

    private static Map<String, Object> object(JsonParser parser) throws IOException {
        Map<String, Object> object = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            boolean twice = object.containsKey(name);
            object.put(name, value(parser));
            if (twice) {
                throw new DataException("An object of this JSON has two fields of the same name");
            }
        }
        return object;
    }

    private static List<Object> array(JsonParser parser) throws IOException {
        List<Object> array = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            array.add(value(parser));
        }
        return array;
    }

    private static Object integer(JsonParser parser) throws IOException {
        return switch (parser.getNumberType()) {
            case INT, LONG -> {
                long value = parser.getLongValue();
                // No integer is negative zero.
                yield value == 0 && parser.getText().startsWith("-") ? (Object) (-0.0) : (Object) value;
            }
            default -> parser.getBigIntegerValue();
        };
    }

    private static Object fraction(String text) {
        BigDecimal exact = new BigDecimal(text);
        double nearest = exact.doubleValue();
        if (!Double.isFinite(nearest) || new BigDecimal(Double.toString(nearest)).compareTo(exact) != 0) {
            return exact;
        }
        // BigDecimal knows no negative zero.
        return nearest == 0 && text.startsWith("-") ? -0.0 : nearest;
    }
}
