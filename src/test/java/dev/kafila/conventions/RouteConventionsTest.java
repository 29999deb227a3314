package dev.kafila.conventions;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What users read and edit: every route and step is named and described, and nothing secret or loud is in it. */
class RouteConventionsTest {
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    @Test
    void everyIdIsKebabCaseAndUniqueAcrossRoutesAndSteps() {
        List<String> ids = new ArrayList<>();
        eachNode((name, node) -> {
            if (node.path("id").isTextual()) {
                ids.add(node.path("id").asText());
            }
        });

        assertThat(ids).isNotEmpty().doesNotHaveDuplicates().allMatch(id -> id.matches("[a-z][a-z0-9]*(-[a-z0-9]+)*"));
    }

    @Test
    void everyRouteIsNamedAsItsFile() {
        assertThat(yaml("routes")).allSatisfy(file -> assertThat(
                        Stream.of("route", "routeConfiguration").flatMap(kind -> read(file).findValues(kind).stream()))
                .extracting(route -> route.path("id").asText())
                .contains(file.getFileName().toString().replace(".camel.yaml", "")));
    }

    @Test
    void everyRouteEndpointAndClauseIsDescribedWithALabel() {
        List<String> undescribed = new ArrayList<>();
        eachNode((name, node) -> {
            boolean described = List.of("route", "routeConfiguration", "onException", "to", "process")
                            .contains(name)
                    && node.isObject();
            String label = node.path("description").asText();
            if (described && !label.matches("[A-Z][^.]*[^.\\s]")) {
                undescribed.add(name + " " + node.path("id").asText() + ": '" + label + "'");
            }
        });

        assertThat(undescribed).isEmpty();
    }

    @Test
    void everyStepHasAnId() {
        List<String> nameless = new ArrayList<>();
        eachNode((name, node) -> {
            if (name.equals("steps")) {
                node.forEach(step -> step.properties().forEach(eip -> {
                    if (!eip.getValue().path("id").isTextual()) {
                        nameless.add(eip.toString());
                    }
                }));
            }
        });

        assertThat(nameless).isEmpty();
    }

    @Test
    void nothingIsLoggedWholeAndNothingSecretIsWrittenDown() {
        eachNode((name, node) -> {
            assertThat(name).isNotEqualTo("log");
            if (name.matches("(?i).*(password|secret|token|accessKey|jaas).*") && node.isTextual()) {
                assertThat(node.asText()).as(name).matches("(RAW\\()?\\{\\{.*}}\\)?");
            }
        });
    }

    private static void eachNode(BiConsumer<String, JsonNode> visitor) {
        Stream.concat(yaml("routes"), yaml("kamelets")).forEach(file -> {
            JsonNode root = read(file);
            visit("", root.has("spec") ? root.path("spec").path("template") : root, visitor);
        });
    }

    private static void visit(String name, JsonNode node, BiConsumer<String, JsonNode> visitor) {
        visitor.accept(name, node);
        node.properties().forEach(field -> visit(field.getKey(), field.getValue(), visitor));
        if (node.isArray()) {
            node.forEach(element -> visit("", element, visitor));
        }
    }

    private static Stream<Path> yaml(String directory) {
        try (Stream<Path> files = Files.list(Path.of(directory))) {
            return files.sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode read(Path file) {
        try {
            return YAML.readTree(file.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
