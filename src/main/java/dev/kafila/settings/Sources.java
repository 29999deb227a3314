package dev.kafila.settings;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/**
 * Where settings come from. Each wins over those after it.
 *
 * @param system           {@code -D} of the command line
 * @param environment      variables; {@code KAFILA_LAMBDA_TOPICS} is {@code kafila.lambda.topics}
 * @param workingDirectory {@code application.properties} of the directory that the process was started in
 * @param jar              {@code application.properties} of the jar
 */
public record Sources(
        Map<String, String> system,
        Map<String, String> environment,
        Map<String, String> workingDirectory,
        Map<String, String> jar) {

    static final String FILE = "application.properties";

    public Sources {
        system = Map.copyOf(system);
        environment = Map.copyOf(environment);
        workingDirectory = Map.copyOf(workingDirectory);
        jar = Map.copyOf(jar);
    }

    /**
     * The sources of this process, its files in UTF-8.
     *
     * @throws SettingsException when a file is there and cannot be read
     */
    public static Sources ofProcess() {
        return ofProcess(Path.of(""));
    }

    static Sources ofProcess(Path workingDirectory) {
        return new Sources(
                text(System.getProperties()), System.getenv(), file(workingDirectory.resolve(FILE)), ofJar());
    }

    /** Names no value: any may be a secret. */
    @Override
    public String toString() {
        return "Sources[system=" + system.size() + ", environment=" + environment.size() + ", workingDirectory="
                + workingDirectory.size() + ", jar=" + jar.size() + "]";
    }

    static Map<String, String> ofJar() {
        InputStream resource = Sources.class.getResourceAsStream("/" + FILE);
        if (resource == null) {
            return Map.of();
        }
        try (Reader text = new InputStreamReader(resource, StandardCharsets.UTF_8)) {
            return read(text, "the jar's " + FILE);
        } catch (IOException e) {
            throw unreadable("the jar's " + FILE, e);
        }
    }

    private static Map<String, String> file(Path file) {
        if (!Files.exists(file)) {
            return Map.of();
        }
        try (Reader text = Files.newBufferedReader(file)) {
            return read(text, file.toAbsolutePath().toString());
        } catch (IOException e) {
            throw unreadable(file.toAbsolutePath().toString(), e);
        }
    }

    private static Map<String, String> read(Reader text, String name) throws IOException {
        Properties properties = new Properties();
        try {
            properties.load(text);
        } catch (IllegalArgumentException e) {
            throw unreadable(name, e);
        }
        return text(properties);
    }

    private static SettingsException unreadable(String name, Exception cause) {
        return new SettingsException(List.of(name + " cannot be read: " + cause.getMessage()), cause);
    }

    /** System properties may hold objects that are no text; none of them is a setting. */
    private static Map<String, String> text(Properties properties) {
        Map<String, String> text = new TreeMap<>();
        properties.stringPropertyNames().forEach(name -> text.put(name, properties.getProperty(name)));
        return text;
    }
}
