package dev.kafila.migrate;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Reads the JSON of connectors: what is posted to Connect, what Connect answers, a bare configuration, several of them. Comments, trailing
 * commas and placeholders without quotes are taken as people write them.
 */
final class ConnectorJson {
    private static final ObjectReader JSON = JsonMapper.builder()
            .enable(
                    JsonReadFeature.ALLOW_JAVA_COMMENTS,
                    JsonReadFeature.ALLOW_YAML_COMMENTS,
                    JsonReadFeature.ALLOW_TRAILING_COMMA,
                    JsonReadFeature.ALLOW_SINGLE_QUOTES)
            .build()
            .readerFor(JsonNode.class);

    private static final Pattern BARE_PLACEHOLDER =
            Pattern.compile("(?m)(\"\\s*:\\s*)(<[^<>\"\\r\\n]*>)(?=\\s*(?:[,}]|$))");

    private static final String CONFIG = "config";
    private static final String INFO = "info";

    private final String otherwise;
    private final List<Connector> connectors = new ArrayList<>();

    private ConnectorJson(String otherwise) {
        this.otherwise = otherwise;
    }

    /** @param name what a connector is called that says no name */
    static List<Connector> read(String name, String text) {
        List<JsonNode> nodes;
        try {
            nodes = nodes(text);
        } catch (ImportException e) {
            // Only then: what looks like a placeholder may be part of a text.
            nodes = nodes(BARE_PLACEHOLDER.matcher(text).replaceAll("$1\"$2\""));
        }
        ConnectorJson json = new ConnectorJson(name);
        nodes.forEach(json::connectors);
        if (json.connectors.isEmpty()) {
            throw new ImportException("there is no connector in it");
        }
        return json.connectors;
    }

    private static List<JsonNode> nodes(String text) {
        try (MappingIterator<JsonNode> nodes = JSON.readValues(text)) {
            return nodes.readAll();
        } catch (JsonProcessingException e) {
            // Jackson's message quotes what it found, which may be part of a secret.
            JsonLocation place = e.getLocation();
            throw new ImportException("is not JSON at line " + place.getLineNr() + ", column " + place.getColumnNr()
                    + "; look there for a missing quote, comma or brace");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void connectors(JsonNode node) {
        if (node.isArray()) {
            node.forEach(this::connectors);
        } else if (node.path(CONFIG).isObject()) {
            connectors.add(Connector.of(node.path("name").textValue(), otherwise, texts(node.path(CONFIG))));
        } else if (isAnswerWithSeveral(node)) {
            node.forEach(connector -> connectors(connector.path(INFO)));
        } else if (node.isObject()) {
            connectors.add(Connector.of(null, otherwise, texts(node)));
        } else {
            throw new ImportException("there is something in it that is no connector: each is an object");
        }
    }

    /** Of {@code GET /connectors?expand=info}. */
    private static boolean isAnswerWithSeveral(JsonNode node) {
        return node.isObject()
                && !node.isEmpty()
                && node.properties().stream()
                        .allMatch(field -> field.getValue().path(INFO).isObject());
    }

    private static Map<String, String> texts(JsonNode config) {
        Map<String, String> texts = new LinkedHashMap<>();
        config.properties().forEach(field -> {
            if (field.getValue().isContainerNode()) {
                throw new ImportException(field.getKey() + " must be a text, not an object or a list");
            }
            // Connect takes null for unset.
            if (!field.getValue().isNull()) {
                texts.put(field.getKey(), field.getValue().asText());
            }
        });
        return texts;
    }
}
