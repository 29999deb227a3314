package dev.kafila.settings;

import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** The settings as values: what was set, or the default. */
final class Values {

    private static final int ECHO = 60;

    private final Map<String, Setting> set;
    private final Set<String> wrong = new HashSet<>();

    private Values(Map<String, Setting> set) {
        this.set = set;
    }

    /** Adds a problem for each value that is not of its kind. */
    static Values of(Map<String, Setting> set, Problems problems) {
        Values values = new Values(set);
        for (Setting setting : set.values()) {
            String problem = setting.value().isEmpty() ? null : problem(setting, key(setting.name()));
            if (problem != null) {
                problems.add(setting, problem);
                values.wrong.add(setting.name());
            }
        }
        return values;
    }

    /** Whether each of these settings has a value of its kind, so that they can be compared with each other. */
    boolean areRight(String... names) {
        return Set.of(names).stream().noneMatch(wrong::contains);
    }

    /** Whether somebody set it to anything but its default. */
    boolean isChosen(String name) {
        Key key = key(name);
        return !normal(name).equals(key.type().normal(key.defaultValue()));
    }

    /** The text as it was set, or the default; "" when there is neither. */
    String text(String name) {
        Setting setting = set.get(name);
        return setting == null || setting.value().isEmpty() ? key(name).defaultValue() : setting.value();
    }

    /** The text in the form that Camel is given; "" when it is unset. */
    String normal(String name) {
        String text = text(name);
        return text.isEmpty() ? "" : key(name).type().normal(text);
    }

    /** Null when it is unset. */
    <T> T get(String name, Class<T> meaning) {
        String text = text(name);
        return text.isEmpty() ? null : meaning.cast(key(name).type().read(text).orElseThrow());
    }

    int integer(String name) {
        return get(name, Integer.class);
    }

    long size(String name) {
        return get(name, Long.class);
    }

    boolean flag(String name) {
        return get(name, Boolean.class);
    }

    Duration duration(String name) {
        return get(name, Duration.class);
    }

    Topics topics(String name) {
        Topics topics = get(name, Topics.class);
        return topics == null ? Topics.NONE : topics;
    }

    /** What a problem calls a setting: with its origin, when somebody set it. */
    Setting setting(String name) {
        Setting setting = set.get(name);
        return setting == null || setting.value().isEmpty() ? new Setting(name, "", "default") : setting;
    }

    /** Everything that was set, by name, sorted. */
    Map<String, Setting> set() {
        return set;
    }

    private static String problem(Setting setting, Key key) {
        if (setting.value().contains("{{")) {
            return "placeholders are not resolved here; set the environment variable "
                    + EnvironmentNames.of(setting.name()) + " instead";
        }
        if (key.type().read(setting.value()).isEmpty()) {
            return "must be " + key.type().form() + (key.secret() ? "" : ", not " + echo(setting.value()));
        }
        return null;
    }

    private static String echo(String value) {
        return '"' + (value.length() > ECHO ? value.substring(0, ECHO) + "..." : value) + '"';
    }

    private static Key key(String name) {
        return Catalogue.find(name).orElseThrow(() -> new IllegalArgumentException("No setting " + name));
    }
}
