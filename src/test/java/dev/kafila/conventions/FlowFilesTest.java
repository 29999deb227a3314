package dev.kafila.conventions;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.kafila.conventions.Project.Source;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The YAML that users read and edit: everything is named, described and placed where they look for it, and nothing in it is secret. */
class FlowFilesTest {
    private static final YAMLMapper YAML = new YAMLMapper();
    private static final Set<String> DESCRIBED =
            Set.of("route", "routeConfiguration", "onException", "from", "to", "process");
    private static final Pattern ID = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");
    private static final Pattern SECRET = Pattern.compile("(?i).*(password|secret|token|jaas|accesskey).*");

    /** A field of a flow, and where it is. */
    private record Field(String file, String name, JsonNode value) {
        @Override
        public String toString() {
            return file + ": " + name;
        }
    }

    @Test
    void everyIdIsKebabCaseAndThereOnce() throws IOException {
        List<String> ids = fields().filter(field -> field.name().equals("id"))
                .map(field -> field.value().asText())
                .toList();

        assertThat(ids).isNotEmpty().doesNotHaveDuplicates().allMatch(ID.asMatchPredicate());
    }

    @Test
    void everyStepHasAnIdAndWhatADiagramShowsHasALabel() throws IOException {
        List<Field> steps = fields().filter(field ->
                        DESCRIBED.contains(field.name()) && field.value().isObject())
                .filter(field -> !isPlumbing(field))
                .toList();

        assertThat(steps).isNotEmpty();
        assertThat(steps)
                .filteredOn(step -> !step.name().equals("from") && !step.value().hasNonNull("id"))
                .isEmpty();
        assertThat(steps)
                .filteredOn(step -> !isLabel(step.value().path("description").asText()))
                .isEmpty();
    }

    /** Where a kamelet begins or is fed is not shown to anybody. */
    private static boolean isPlumbing(Field field) {
        return field.name().equals("from") && field.file().endsWith(".kamelet.yaml");
    }

    /** Third person or a thing, and no full stop. */
    private static boolean isLabel(String text) {
        return !text.isEmpty() && Character.isUpperCase(text.charAt(0)) && !text.endsWith(".");
    }

    @Test
    void optionsArePartOfNoUri() throws IOException {
        assertThat(fields().filter(field ->
                        field.name().equals("uri") && field.value().asText().contains("?")))
                .isEmpty();
    }

    @Test
    void noStepLogsWhatARecordHolds() throws IOException {
        assertThat(fields().filter(field ->
                        field.name().equals("log") && field.value().toString().contains("body")))
                .isEmpty();
    }

    @Test
    void nothingThatIsSecretIsWrittenOut() throws IOException {
        assertThat(fields().filter(field -> SECRET.matcher(field.name()).matches()
                                && field.value().isTextual())
                        .filter(field -> !field.value().asText().startsWith("{{")))
                .isEmpty();
    }

    @Test
    void aRouteIsCalledAsItsFile() throws IOException {
        for (Source file : files("routes")) {
            List<String> ids = new ArrayList<>();
            YAML.readTree(file.text())
                    .forEach(flow -> flow.forEach(it -> ids.add(it.path("id").asText())));

            assertThat(ids).as("routes of %s", file).contains(name(file));
        }
    }

    @Test
    void aKameletIsCalledAsItsFile() throws IOException {
        for (Source file : files("kamelets")) {
            assertThat(YAML.readTree(file.text()).at("/metadata/name").asText()).isEqualTo(name(file));
        }
    }

    @Test
    void everyPropertyOfAKameletIsExplainedAndShown() throws IOException {
        List<Field> properties = new ArrayList<>();
        for (Source file : files("kamelets")) {
            YAML.readTree(file.text())
                    .at("/spec/definition/properties")
                    .properties()
                    .forEach(it -> properties.add(new Field(file.toString(), it.getKey(), it.getValue())));
        }

        assertThat(properties).isNotEmpty();
        assertThat(properties).filteredOn(it -> !it.value().hasNonNull("title")).isEmpty();
        assertThat(properties)
                .filteredOn(it -> !it.value().path("description").asText().endsWith("."))
                .isEmpty();
        assertThat(properties).filteredOn(it -> !isShown(it.value())).isEmpty();
    }

    /** Whether a reader sees what a value looks like: by an example, a default, a list of values, or because it is secret. */
    private static boolean isShown(JsonNode property) {
        return property.has("example")
                || property.has("default")
                || property.has("enum")
                || property.path("format").asText().equals("password");
    }

    private static String name(Source file) {
        return file.path().getFileName().toString().replaceFirst("\\.(camel|kamelet)\\.yaml$", "");
    }

    private static List<Source> files(String directory) throws IOException {
        return Project.sources().stream()
                .filter(source -> source.path().startsWith(directory))
                .toList();
    }

    /** Every field of every flow; of a kamelet, those of its template. */
    private static Stream<Field> fields() throws IOException {
        List<Field> fields = new ArrayList<>();
        for (Source file : files("routes")) {
            collect(file.toString(), YAML.readTree(file.text()), fields);
        }
        for (Source file : files("kamelets")) {
            collect(file.toString(), YAML.readTree(file.text()).at("/spec/template"), fields);
        }
        return fields.stream();
    }

    private static void collect(String file, JsonNode node, List<Field> fields) {
        node.properties().forEach(field -> {
            fields.add(new Field(file, field.getKey(), field.getValue()));
            collect(file, field.getValue(), fields);
        });
        if (node.isArray()) {
            node.forEach(element -> collect(file, element, fields));
        }
    }
}
