package dev.kafila.sandbox;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;

/** JSON as AWS's front ends see it: one value, nothing after it. */
final class JsonText {
    static final ObjectMapper MAPPER = JsonMapper.builder().build();

    private static final JsonFactory FACTORY = MAPPER.getFactory();

    private JsonText() {}

    static boolean isValue(byte[] text) {
        return firstToken(text) != null;
    }

    static boolean isObject(byte[] text) {
        return firstToken(text) == JsonToken.START_OBJECT;
    }

    static String write(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("Not to be written as JSON: " + value.getClass(), e);
        }
    }

    /** The first token of a well-formed value, else null. */
    private static JsonToken firstToken(byte[] text) {
        try (JsonParser parser = FACTORY.createParser(text)) {
            JsonToken first = parser.nextToken();
            parser.skipChildren();
            parser.finishToken();
            return parser.nextToken() == null ? first : null;
        } catch (IOException malformed) {
            return null;
        }
    }
}
