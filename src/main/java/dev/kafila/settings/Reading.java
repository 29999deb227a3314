package dev.kafila.settings;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Reads {@code kafila.*} from its sources: of several, the one with the highest precedence; what is unknown is a problem. */
final class Reading {

    static final String IN_FILE = "./" + Sources.FILE;

    private final Map<String, Setting> settings = new TreeMap<>();
    private final Problems problems;

    private Reading(Problems problems) {
        this.problems = problems;
    }

    /** What was set, by name, sorted; also what was set to nothing. */
    static Map<String, Setting> of(Sources sources, Problems problems) {
        Reading reading = new Reading(problems);
        reading.properties(sources.jar(), "the jar's " + Sources.FILE);
        reading.properties(sources.workingDirectory(), IN_FILE);
        new TreeMap<>(sources.environment()).forEach(reading::variable);
        reading.properties(sources.system(), "-D");
        return reading.settings;
    }

    private void properties(Map<String, String> source, String origin) {
        new TreeMap<>(source).forEach((name, value) -> {
            if (name.startsWith(Catalogue.PREFIX)) {
                property(name, value, origin);
            }
        });
    }

    private void property(String name, String value, String origin) {
        if (Catalogue.find(name).isPresent()) {
            settings.put(name, new Setting(name, value.trim(), origin));
        } else {
            problems.add(new Setting(name, value, origin), "there is no such setting; the nearest is " + nearest(name));
        }
    }

    private void variable(String name, String value) {
        if (name.startsWith(Catalogue.PREFIX)) {
            property(name, value, "environment");
        } else if (name.startsWith(EnvironmentNames.PREFIX) && !EnvironmentNames.isInjected(name, value)) {
            EnvironmentNames.setting(name)
                    .ifPresentOrElse(
                            setting -> settings.put(
                                    setting, new Setting(setting, value.trim(), "environment variable " + name)),
                            () -> problems.add(
                                    new Setting(name, value, "environment"),
                                    "there is no such setting; the nearest is " + nearestVariable(name)));
        }
    }

    private static String nearest(String name) {
        return Nearest.of(name, names());
    }

    private static String nearestVariable(String name) {
        return Nearest.of(name, names().map(EnvironmentNames::of));
    }

    private static Stream<String> names() {
        return Catalogue.named().map(Key::name);
    }
}
