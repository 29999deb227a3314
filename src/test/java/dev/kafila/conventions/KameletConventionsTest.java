package dev.kafila.conventions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.camel.component.kamelet.KameletEndpointUriFactory;
import org.apache.camel.v1.Kamelet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Kamelets as Camel K takes them, and as Kaoto and Karavan show the catalogue's own. */
class KameletConventionsTest {
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
    private static final ObjectMapper STRICT = new ObjectMapper(new YAMLFactory())
            .registerModule(new JavaTimeModule())
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{\\??([^}:?]+)[^}]*}}");

    /** What Camel's kamelet component gives each template by itself. */
    private static final Set<String> GIVEN = Set.of("parentRouteId");

    static Stream<Path> kamelets() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("kamelets"))) {
            return files.sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("kamelets")
    void camelKsOwnModelKnowsEveryFieldOfIt(Path file) throws IOException {
        Kamelet kamelet = STRICT.readValue(file.toFile(), Kamelet.class);

        assertThat(file.getFileName()).hasToString(kamelet.getMetadata().getName() + ".kamelet.yaml");
        String misspelt = Files.readString(file).replaceFirst("(?m)^    title:", "    titel:");
        assertThatThrownBy(() -> STRICT.readValue(misspelt, Kamelet.class))
                .isInstanceOf(UnrecognizedPropertyException.class);
    }

    @ParameterizedTest
    @MethodSource("kamelets")
    void itIsLabelledAsTheCataloguesAre(Path file) {
        JsonNode metadata = read(file).path("metadata");
        JsonNode annotations = metadata.path("annotations");

        assertThat(metadata.path("labels").path("camel.apache.org/kamelet.type").asText())
                .isIn("source", "sink", "action");
        assertThat(fieldNames(annotations))
                .contains(
                        "camel.apache.org/kamelet.support.level",
                        "camel.apache.org/catalog.version",
                        "camel.apache.org/provider",
                        "camel.apache.org/kamelet.group",
                        "camel.apache.org/kamelet.namespace");
        String icon = annotations.path("camel.apache.org/kamelet.icon").asText();
        assertThat(icon).startsWith("data:image/svg+xml;base64,");
        assertThat(new String(
                        Base64.getDecoder().decode(icon.substring(icon.indexOf(',') + 1)), StandardCharsets.UTF_8))
                .startsWith("<svg ")
                .endsWith("</svg>");
    }

    @ParameterizedTest
    @MethodSource("kamelets")
    void everyPropertyHasATitleADescriptionAndATypeAndAnExampleWhereItIsFree(Path file) {
        JsonNode definition = read(file).path("spec").path("definition");

        assertThat(definition.path("title").asText()).isNotBlank();
        assertThat(definition.path("description").asText()).endsWith(".");
        assertThat(definition.path("properties").properties()).isNotEmpty().allSatisfy(property -> {
            JsonNode value = property.getValue();
            assertThat(value.path("title").asText()).matches("[A-Z0-9].*");
            assertThat(value.path("description").asText()).matches("(?s)[A-Z].*\\.");
            assertThat(value.path("type").asText()).isIn("string", "integer", "number", "boolean");
            if (value.path("type").asText().equals("string") && !isSecretOrName(value)) {
                assertThat(value.has("example") || value.has("enum"))
                        .as("%s has an example or an enum", property.getKey())
                        .isTrue();
            }
        });
    }

    @ParameterizedTest
    @MethodSource("kamelets")
    void whatIsSecretIsShownAsAPassword(Path file) {
        assertThat(properties(file).entrySet())
                .filteredOn(property -> property.getKey().matches("(?i).*(password|secret|token|jaas|accessKeyId).*"))
                .allSatisfy(property -> {
                    assertThat(property.getValue().path("format").asText()).isEqualTo("password");
                    assertThat(property.getValue().path("x-descriptors").toString())
                            .contains("credentials");
                    assertThat(property.getValue().has("default")).isFalse();
                });
    }

    @ParameterizedTest
    @MethodSource("kamelets")
    void theTemplateUsesEveryPropertyAndNoOther(Path file) {
        JsonNode template = read(file).path("spec").path("template");
        Set<String> used = new TreeSet<>();
        PLACEHOLDER.matcher(template.toString()).results().forEach(match -> used.add(match.group(1)));
        template.path("beans").forEach(bean -> used.remove(bean.path("name").asText()));
        used.removeAll(GIVEN);

        assertThat(used).isEqualTo(new TreeSet<>(properties(file).keySet()));
    }

    /** A property that may be missing is marked so in the template, or the kamelet does not start without it. */
    @ParameterizedTest
    @MethodSource("kamelets")
    void everyPropertyIsRequiredOrHasADefaultOrMayBeMissing(Path file) {
        String template = read(file).path("spec").path("template").toString();
        List<String> required = new ArrayList<>();
        read(file).path("spec").path("definition").path("required").forEach(name -> required.add(name.asText()));

        assertThat(properties(file).entrySet()).allSatisfy(property -> assertThat(required.contains(property.getKey())
                        || property.getValue().has("default")
                        || template.contains("{{?" + property.getKey() + "}}")
                        || template.contains("{{?" + property.getKey() + "?nested=false}}"))
                .as(property.getKey())
                .isTrue());
    }

    /** Camel's kamelet endpoints take options of those names for themselves: the template never sees them. */
    @ParameterizedTest
    @MethodSource("kamelets")
    void noPropertyIsNamedAsAnOptionOfCamelsKameletEndpoint(Path file) {
        Set<String> options = new KameletEndpointUriFactory().propertyNames();

        assertThat(options).contains("timeout");
        assertThat(properties(file).keySet()).doesNotContainAnyElementsOf(options);
    }

    @ParameterizedTest
    @MethodSource("kamelets")
    void itDependsOnTheThinArtefactAndOnCamel(Path file) {
        JsonNode dependencies = read(file).path("spec").path("dependencies");

        assertThat(dependencies)
                .extracting(JsonNode::asText)
                .contains("mvn:dev.kafila:kafila:" + version(), "camel:kamelet")
                .allMatch(dependency -> dependency.matches("(mvn:dev\\.kafila:kafila:.*|camel:[a-z0-9-]+)"));
    }

    private static boolean isSecretOrName(JsonNode property) {
        return property.path("x-descriptors").toString().contains("credentials");
    }

    private static String version() {
        try {
            String pom = Files.readString(Path.of("pom.xml"));
            return pom.replaceFirst("(?s).*?<artifactId>kafila</artifactId>\\s*<version>([^<]+)</version>.*", "$1");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, JsonNode> properties(Path file) {
        Map<String, JsonNode> properties = new java.util.TreeMap<>();
        read(file)
                .path("spec")
                .path("definition")
                .path("properties")
                .properties()
                .forEach(property -> properties.put(property.getKey(), property.getValue()));
        return properties;
    }

    private static List<String> fieldNames(JsonNode node) {
        List<String> names = new ArrayList<>();
        node.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static JsonNode read(Path file) {
        try {
            return YAML.readTree(file.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
