package dev.kafila.migrate;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Reads configurations as they lie about: JSON in the shapes of Connect's REST interface, or properties of a standalone worker. */
final class ConnectorFile {
    private static final Pattern BEGIN_OF_JSON =
            Pattern.compile("(?s)\\A(?:\\s|//[^\\n]*\\n|#[^\\n]*\\n|/\\*.*?\\*/)*+[{\\[]");

    /** Around a piece that was copied from a document. */
    private static final Pattern FENCE = Pattern.compile("(?m)^\\s*```.*$");

    private ConnectorFile() {}

    /**
     * All connectors of a file.
     *
     * @param name what a connector is called that says no name
     * @throws ImportException when it is neither JSON nor properties
     */
    static List<Connector> read(String name, String text) {
        String plain = FENCE.matcher(text.startsWith("\uFEFF") ? text.substring(1) : text)
                .replaceAll("");
        return BEGIN_OF_JSON.matcher(plain).find()
                ? ConnectorJson.read(name, plain)
                : List.of(Connector.of(null, name, properties(plain)));
    }

    private static Map<String, String> properties(String text) {
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(text));
        } catch (IllegalArgumentException e) {
            throw new ImportException("a \\u in it is not followed by four digits; correct it, or write \\\\u");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Map<String, String> config = new TreeMap<>();
        properties.stringPropertyNames().stream()
                // Some write comments as in Java.
                .filter(property -> !property.startsWith("//"))
                .forEach(property -> config.put(property, properties.getProperty(property)));
        if (config.isEmpty()) {
            throw new ImportException("is empty; give the JSON or the properties of a connector");
        }
        return config;
    }
}
