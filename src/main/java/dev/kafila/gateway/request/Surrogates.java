package dev.kafila.gateway.request;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/** Looks for halves of surrogate pairs, which are no text: JSON can escape them, UTF-8 has no bytes for them, and Java writes a question mark. */
final class Surrogates {
    private Surrogates() {}

    /** @throws RequestException 400 with the path of what holds one */
    static void check(JsonNode node, JsonPath path) throws RequestException {
        if (node.isTextual()) {
            check(node.textValue(), path);
        } else if (node.isObject()) {
            for (Map.Entry<String, JsonNode> member : node.properties()) {
                check(member.getKey(), path);
                check(member.getValue(), path.member(member.getKey()));
            }
        } else if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                check(node.get(i), path.index(i));
            }
        }
    }

    private static void check(String text, JsonPath path) throws RequestException {
        for (int i = 0; i < text.length(); i++) {
            char unit = text.charAt(i);
            if (Character.isSurrogate(unit)) {
                if (Character.isLowSurrogate(unit)
                        || i + 1 == text.length()
                        || !Character.isLowSurrogate(text.charAt(i + 1))) {
                    throw new RequestException(400, path + " has half of a surrogate pair, which is no character");
                }
                i++;
            }
        }
    }
}
