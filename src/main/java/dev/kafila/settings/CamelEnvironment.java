package dev.kafila.settings;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.camel.main.BaseMainSupport;

/**
 * Which of Camel's options a variable names. Camel itself cannot tell {@code kafka} from {@code kafka-batch} there, nor set a nested
 * option.
 */
final class CamelEnvironment {

    static final String PREFIX = "CAMEL_";

    private static final String COMPONENT = "CAMEL_COMPONENT_";
    private static final String COMPONENTS = "components.properties";

    private CamelEnvironment() {}

    /** {@code camel.main.routes.reload.enabled}: Camel takes a dot for the dash of any option outside components. */
    static String option(String variable) {
        return variable.startsWith(COMPONENT)
                ? ofComponent(variable)
                : variable.toLowerCase(Locale.ROOT).replace('_', '.');
    }

    private static String ofComponent(String variable) {
        String component = components().stream()
                .filter(name -> variable.startsWith(COMPONENT + EnvironmentNames.of(name) + "_"))
                .max(Comparator.comparingInt(String::length))
                .orElseGet(() -> variable.substring(COMPONENT.length()).replaceFirst("_.*", ""))
                .toLowerCase(Locale.ROOT);
        String option = variable.substring(Math.min(variable.length(), COMPONENT.length() + component.length() + 1))
                .toLowerCase(Locale.ROOT)
                .replace('_', '-')
                .replaceFirst("^configuration-", "configuration.");
        return "camel.component." + component + "." + option;
    }

    /** Ours, and those that Camel knows. */
    private static List<String> components() {
        InputStream names = BaseMainSupport.class.getResourceAsStream(COMPONENTS);
        if (names == null) {
            throw new IllegalStateException("camel-main has no " + COMPONENTS);
        }
        try (var lines = new BufferedReader(new InputStreamReader(names, StandardCharsets.UTF_8))) {
            return Stream.concat(Stream.of("kafka-batch"), lines.lines()).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
