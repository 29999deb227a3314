package dev.kafila.sandbox;

import dev.kafila.management.Management;
import dev.kafila.settings.Settings;
import dev.kafila.settings.Sources;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.TreeMap;

/**
 * The settings of the sandbox: its own file, then {@code -D}, then the addresses that must not be anybody else's. The environment is not
 * asked, lest the sandbox works with the credentials or the cluster of a real place.
 */
final class SandboxSettings {
    private static final String FILE = "/sandbox.properties";
    private static final String EVENTS = "kafila.eventbridge.";
    private static final String MAPPINGS = "kafila.mapping.";
    private static final String REQUESTS = "kafila.gateway.";
    private static final int MAPPING_PORT = 9877;
    private static final int REQUEST_PORT = 8080;

    private static final List<String> MORE = List.of(EVENTS, MAPPINGS, REQUESTS);

    private SandboxSettings() {}

    /** @param all whether what the file says of more than the flow to Lambda counts */
    static Settings load(SandboxBroker broker, SandboxAws aws, boolean all) {
        Map<String, String> system = new TreeMap<>(text(System.getProperties()));
        system.putIfAbsent(
                "camel.management.port", String.valueOf(LoopbackPorts.takePreferring(Management.DEFAULT_PORT)));
        system.putIfAbsent(MAPPINGS + "port", String.valueOf(LoopbackPorts.takePreferring(MAPPING_PORT)));
        system.putIfAbsent(REQUESTS + "port", String.valueOf(LoopbackPorts.takePreferring(REQUEST_PORT)));
        system.put("kafila.kafka.brokers", broker.bootstrapServers());
        system.put("kafila.aws.endpoint", aws.endpoint().toString());
        Map<String, String> file = file();
        file.keySet().removeIf(name -> !all && MORE.stream().anyMatch(name::startsWith));
        return Settings.load(new Sources(system, Map.of(), Map.of(), file));
    }

    private static Map<String, String> file() {
        Properties properties = new Properties();
        try (InputStream file = Objects.requireNonNull(SandboxSettings.class.getResourceAsStream(FILE), FILE);
                Reader text = new InputStreamReader(file, StandardCharsets.UTF_8)) {
            properties.load(text);
        } catch (IOException e) {
            throw new UncheckedIOException(FILE + " of the class path cannot be read", e);
        }
        return text(properties);
    }

    private static Map<String, String> text(Properties properties) {
        Map<String, String> text = new TreeMap<>();
        properties.stringPropertyNames().forEach(name -> text.put(name, properties.getProperty(name)));
        return text;
    }
}
