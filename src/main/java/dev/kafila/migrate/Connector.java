package dev.kafila.migrate;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A connector as its configuration describes it.
 *
 * @param name   its own, or what its file is called
 * @param named  whether the configuration says the name
 * @param config properties by name. May hold secrets
 */
record Connector(String name, boolean named, Map<String, String> config) {

    static final String CLASS = "connector.class";

    private static final String NAME = "name";

    /**
     * @param name      where it is beside the configuration; null if it is not
     * @param otherwise the name if nothing says one
     */
    static Connector of(String name, String otherwise, Map<String, String> properties) {
        Map<String, String> config = new LinkedHashMap<>();
        properties.forEach((property, value) -> config.put(property.trim(), value.trim()));
        String own = name == null ? config.get(NAME) : name.trim();
        if (own != null && !own.isEmpty()) {
            config.put(NAME, own);
            return new Connector(own, true, config);
        }
        return new Connector(otherwise, false, config);
    }

    /** Whether it is a piece of a configuration, as documents show them. */
    boolean isPartial() {
        return config.getOrDefault(CLASS, "").isEmpty();
    }

    /** Names no value: any may be a secret. */
    @Override
    public String toString() {
        return name;
    }
}
