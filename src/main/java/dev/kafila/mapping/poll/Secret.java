package dev.kafila.mapping.poll;

import java.util.HashMap;
import java.util.Map;

/**
 * What a client of a source logs in with, by the operator's names of its fields. Its text names the secret only.
 *
 * @param name   as the mapping names it
 * @param fields username, password, certificate and key, as far as it has them
 */
record Secret(String name, Map<String, String> fields) {

    /** A key that is under a passphrase is opened. */
    Secret {
        Map<String, String> opened = new HashMap<>(fields);
        String passphrase = opened.remove("passphrase");
        if (passphrase != null) {
            opened.computeIfPresent("key", (field, key) -> PrivateKeys.open(key, passphrase));
        }
        fields = Map.copyOf(opened);
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
