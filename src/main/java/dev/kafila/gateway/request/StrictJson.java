package dev.kafila.gateway.request;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Iterator;
import java.util.Map;

/**
 * Reads JSON in UTF-8 with nothing before, after or twice in it, and keeps its numbers as they are written. There may be 250 levels, and by
 * Jackson's own limits 1,000 digits, and 20,000,000 characters of one text.
 */
public final class StrictJson {
    /** A hundred messages inside each other, which is what protobuf reads, take up to two levels each; a thousand levels overflow a stack. */
    private static final int LEVELS = 250;

    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(LEVELS)
                            .build())
                    .build())
            .build();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private StrictJson() {}

    /**
     * Reads what an exchange may hold.
     *
     * @param json bytes, text, a stream of either, or a map, a collection or a tree that stands for JSON
     * @throws RequestException 400, with the place of what is wrong, but without any of the text; 500 if a stream breaks
     */
    public static JsonNode read(Object json) throws RequestException {
        if (json instanceof JsonNode tree && isStrict(tree, LEVELS)) {
            return tree;
        }
        try (JsonParser parser = JSON.createParser(text(json))) {
            return whole(parser);
        } catch (IOException e) {
            throw new IllegalStateException("Text can always be read", e);
        }
    }

    private static JsonNode whole(JsonParser parser) throws IOException, RequestException {
        try {
            if (parser.nextToken() == null) {
                throw refusal("is empty");
            }
            JsonNode node = node(parser);
            if (parser.nextToken() != null) {
                throw refusal("goes on after its end", parser.currentTokenLocation());
            }
            return node;
        } catch (StreamConstraintsException e) {
            throw refusal("goes beyond " + LEVELS + " levels, 1,000 digits or another limit", parser.currentLocation());
        } catch (JsonProcessingException e) {
            throw refusal("is not JSON", e.getLocation());
        }
    }

    /** Whether writing a tree and reading it again would change nothing. */
    private static boolean isStrict(JsonNode node, int levels) {
        return switch (node.getNodeType()) {
            case OBJECT, ARRAY -> {
                boolean strict = levels > 0;
                for (Iterator<JsonNode> members = node.elements(); strict && members.hasNext(); ) {
                    strict = isStrict(members.next(), levels - 1);
                }
                yield strict;
            }
            case STRING, BOOLEAN, NULL -> true;
            case NUMBER -> node.isIntegralNumber() || node.isBigDecimal();
            default -> false;
        };
    }

    private static String text(Object json) throws RequestException {
        try {
            if (json == null) {
                return "";
            } else if (json instanceof byte[] bytes) {
                return decoded(bytes);
            } else if (json instanceof InputStream stream) {
                return decoded(stream.readAllBytes());
            } else if (json instanceof Reader reader) {
                StringWriter text = new StringWriter();
                reader.transferTo(text);
                return text.toString();
            } else if (json instanceof CharSequence text) {
                return text.toString();
            }
        } catch (IOException e) {
            throw new RequestException(500, "Error message: the request could not be read to its end", e);
        }
        return written(json);
    }

    private static String written(Object json) throws RequestException {
        if (json instanceof Map<?, ?> || json instanceof Collection<?> || json instanceof JsonNode) {
            try {
                return JSON.writeValueAsString(json);
            } catch (JsonProcessingException e) {
                throw refusal("holds something that has no form in JSON");
            }
        }
        throw refusal("is a " + json.getClass().getName() + ", which does not stand for JSON");
    }

    private static String decoded(byte[] bytes) throws RequestException {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length);
        CoderResult result = StandardCharsets.UTF_8.newDecoder().decode(in, out, true);
        if (result.isError()) {
            throw refusal("is not UTF-8: byte " + (in.position() + 1));
        }
        return out.flip().toString();
    }

    private static JsonNode node(JsonParser parser) throws IOException, RequestException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> array(parser);
            case VALUE_STRING -> NODES.textNode(parser.getText());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(parser);
            case VALUE_TRUE -> NODES.booleanNode(true);
            case VALUE_FALSE -> NODES.booleanNode(false);
            case VALUE_NULL -> NODES.nullNode();
            default -> throw new IllegalStateException("No value begins with " + parser.currentToken());
        };
    }

    private static JsonNode object(JsonParser parser) throws IOException, RequestException {
        ObjectNode object = NODES.objectNode();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            if (object.has(name)) {
                throw refusal("has an object with two members of the same name", parser.currentTokenLocation());
            }
            parser.nextToken();
            object.set(name, node(parser));
        }
        return object;
    }

    private static JsonNode array(JsonParser parser) throws IOException, RequestException {
        ArrayNode array = NODES.arrayNode();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            array.add(node(parser));
        }
        return array;
    }

    /** As text where the digits alone would not say how it was written: {@code -0} and {@code 1e5} stay what they are. */
    private static JsonNode number(JsonParser parser) throws IOException {
        String text = parser.getText();
        JsonNode number = parser.currentToken() == JsonToken.VALUE_NUMBER_INT ? integer(parser) : decimal(text);
        return number.asText().equals(text) ? number : NODES.rawValueNode(new RawValue(text));
    }

    private static JsonNode integer(JsonParser parser) throws IOException {
        return switch (parser.getNumberType()) {
            case INT -> NODES.numberNode(parser.getIntValue());
            case LONG -> NODES.numberNode(parser.getLongValue());
            default -> NODES.numberNode(parser.getBigIntegerValue());
        };
    }

    private static JsonNode decimal(String text) {
        try {
            return DecimalNode.valueOf(new BigDecimal(text));
        } catch (NumberFormatException e) {
            // An exponent beyond an int.
            return NODES.missingNode();
        }
    }

    private static RequestException refusal(String problem, JsonLocation place) {
        return refusal(problem + ": line " + place.getLineNr() + ", column " + place.getColumnNr());
    }

    private static RequestException refusal(String problem) {
        return new RequestException(400, "The request " + problem);
    }
}
