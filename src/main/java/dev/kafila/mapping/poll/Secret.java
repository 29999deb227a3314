package dev.kafila.mapping.poll;

import java.util.Map;

/**
 * What a client of a source logs in with, by the operator's names of its fields. Its text names the secret only.
 *
 * @param name as the mapping names it
 */
record Secret(String name, Map<String, String> fields) {

    Secret {
        fields = Map.copyOf(fields);
    }

    /** @throws SourceException if it has no such field */
    String require(String field) {
        String value = fields.get(field);
        if (value == null) {
            throw new SourceException(Problem.configuration("The secret " + name + " has no " + field + "."));
        }
        return value;
    }

    @Override
    public String toString() {
        return "Secret[" + name + "]";
    }
}
