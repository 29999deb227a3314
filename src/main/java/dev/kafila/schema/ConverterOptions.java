package dev.kafila.schema;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The options of a converter, by name. An option that is empty is not set. */
final class ConverterOptions {
    private final Map<String, String> values = new TreeMap<>();

    ConverterOptions(Map<String, ?> values) {
        values.forEach((name, value) ->
                this.values.put(name, value == null ? "" : String.valueOf(value).trim()));
    }

    Map<String, String> all() {
        return Map.copyOf(values);
    }

    /** "" if it is not set. */
    String text(String name) {
        return values.getOrDefault(name, "");
    }

    String required(String name) {
        String value = text(name);
        if (value.isEmpty()) {
            throw new IllegalArgumentException(name + ": is missing");
        }
        return value;
    }

    /** One of a list of words, in capitals or not; the first is the default. */
    String oneOf(String name, String... words) {
        String value = text(name);
        if (value.isEmpty()) {
            return words[0];
        }
        for (String word : words) {
            if (word.equalsIgnoreCase(value)) {
                return word;
            }
        }
        throw new IllegalArgumentException(name + ": '" + value + "' is not one of " + List.of(words));
    }

    boolean flag(String name, boolean otherwise) {
        return oneOf(name, String.valueOf(otherwise), String.valueOf(!otherwise))
                .equals("true");
    }

    int number(String name, int otherwise) {
        String value = text(name);
        try {
            return value.isEmpty() ? otherwise : Integer.parseUnsignedInt(value);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(name + ": '" + value + "' is not a whole number", e);
        }
    }

    /** What begins with a prefix, under the rest of its name. */
    Map<String, String> under(String prefix) {
        Map<String, String> under = new TreeMap<>();
        values.forEach((name, value) -> {
            if (name.startsWith(prefix)) {
                under.put(name.substring(prefix.length()), value);
            }
        });
        return under;
    }
}
