package dev.kafila.mapping.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * The tags of a mapping.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/api/API_TagResource.html">TagResource</a>
 */
final class Tags {
    private static final int MAX_TAGS = 50;
    private static final int MAX_KEY = 128;
    private static final int MAX_VALUE = 256;

    private Tags() {}

    static void check(Map<String, String> tags, Problems problems) {
        problems.require(tags.size() <= MAX_TAGS, "Tags", "at most " + MAX_TAGS + " are taken");
        tags.forEach((key, value) -> {
            problems.require(
                    !key.isEmpty()
                            && key.length() <= MAX_KEY
                            && !key.toLowerCase(Locale.ROOT).startsWith("aws:"),
                    "Tags",
                    "a key has 1 to " + MAX_KEY + " characters, and does not begin with aws:");
            problems.require(value.length() <= MAX_VALUE, "Tags", "a value has at most " + MAX_VALUE + " characters");
        });
    }

    static Map<String, String> with(Map<String, String> tags, Map<String, String> more) {
        Problems problems = new Problems();
        problems.require(!more.isEmpty(), "Tags", "are needed");
        Map<String, String> all = new HashMap<>(tags);
        all.putAll(more);
        check(all, problems);
        problems.check();
        return all;
    }

    static Map<String, String> without(Map<String, String> tags, Collection<String> keys) {
        Problems problems = new Problems();
        problems.require(!keys.isEmpty(), "tagKeys", "are needed");
        problems.check();
        Map<String, String> left = new HashMap<>(tags);
        left.keySet().removeAll(keys);
        return left;
    }

    static JsonNode answer(Map<String, String> tags) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        new TreeMap<>(tags).forEach(json::put);
        return JsonNodeFactory.instance.objectNode().set("Tags", json);
    }
}
