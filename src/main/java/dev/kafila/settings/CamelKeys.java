package dev.kafila.settings;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Everything that is not ours, {@code camel.*} and what a user's own routes refer to, from all sources with one precedence. An option
 * that is spelled in two ways ({@code routesReloadEnabled}, {@code routes-reload-enabled}) is one option.
 */
final class CamelKeys {

    private static final String CAMEL = "camel.";

    private final Map<String, String> names = new LinkedHashMap<>();
    private final Map<String, String> values = new LinkedHashMap<>();

    private CamelKeys() {}

    /** @param derived what follows from our own settings: it wins over the jar, and everybody else wins over it */
    static Map<String, String> of(Sources sources, Map<String, String> derived) {
        CamelKeys keys = new CamelKeys();
        keys.file(sources.jar());
        derived.forEach(keys::put);
        keys.file(sources.workingDirectory());
        new TreeMap<>(sources.environment()).forEach(keys::variable);
        new TreeMap<>(sources.system()).forEach(keys::system);
        return keys.result();
    }

    private void file(Map<String, String> source) {
        new TreeMap<>(source).forEach((name, value) -> {
            if (!name.startsWith(Catalogue.PREFIX)) {
                put(name, value.trim());
            }
        });
    }

    private void variable(String name, String value) {
        if (EnvironmentNames.isInjected(name, value) || name.startsWith(EnvironmentNames.PREFIX)) {
            return;
        }
        if (name.startsWith(CamelEnvironment.PREFIX)) {
            put(CamelEnvironment.option(name), value);
        } else {
            names.values().stream()
                    .filter(mentioned -> EnvironmentNames.of(mentioned).equals(name))
                    .toList()
                    .forEach(mentioned -> put(mentioned, value));
        }
    }

    /** Of all that the JVM has: Camel's, and what a file mentions; Camel finds the rest by itself. */
    private void system(String name, String value) {
        boolean ours = name.startsWith(Catalogue.PREFIX);
        if (!ours && (name.startsWith(CAMEL) || names.containsKey(same(name)))) {
            put(name, value);
        }
    }

    private void put(String name, String value) {
        names.putIfAbsent(same(name), name);
        values.put(same(name), value);
    }

    private Map<String, String> result() {
        Map<String, String> result = new LinkedHashMap<>();
        names.forEach((same, name) -> result.put(name, values.get(same)));
        return result;
    }

    /** Equal for all spellings of one of Camel's options; any other name is as it is written. */
    private static String same(String name) {
        return name.startsWith(CAMEL) ? name.toLowerCase(Locale.ROOT).replaceAll("[._-]", "") : name;
    }
}
