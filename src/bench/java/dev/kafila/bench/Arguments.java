package dev.kafila.bench;

import java.util.HashMap;
import java.util.Map;

/** What a program of the benchmark is told, as {@code name=value} on its command line; an empty value is the same as none. */
final class Arguments {
    private final Map<String, String> values;

    private Arguments(Map<String, String> values) {
        this.values = values;
    }

    /** @throws IllegalArgumentException if one of them is not of this form */
    static Arguments of(String... arguments) {
        Map<String, String> values = new HashMap<>();
        for (String argument : arguments) {
            int at = argument.indexOf('=');
            if (at < 1) {
                throw new IllegalArgumentException("'" + argument + "' is not name=value");
            }
            values.put(argument.substring(0, at), argument.substring(at + 1));
        }
        values.values().removeIf(String::isEmpty);
        return new Arguments(Map.copyOf(values));
    }

    /** @throws IllegalArgumentException if it is missing */
    String text(String name) {
        String value = values.get(name);
        if (value == null) {
            throw new IllegalArgumentException(name + "= is missing");
        }
        return value;
    }

    String text(String name, String otherwise) {
        return values.getOrDefault(name, otherwise);
    }

    int number(String name, int otherwise) {
        String value = values.get(name);
        return value == null ? otherwise : Integer.parseInt(value);
    }

    boolean flag(String name) {
        return Boolean.parseBoolean(values.get(name));
    }
}
