package dev.kafila.conventions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kafila.conventions.Project.Source;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the documents name is there: a reader can follow every command, setting, test and link. */
class DocumentsTest {
    private static final Path DECISIONS = Path.of("src/docs/decisions");
    private static final int LONGEST_DECISION = 15;

    private static final Pattern PROFILE = Pattern.compile("mvn [^`\n]*?-P([\\w-]+)");
    private static final Pattern SANDBOX_OPTION = Pattern.compile("-D(sandbox\\.[\\w.]+)");
    private static final Pattern TEST = Pattern.compile("\\b([A-Z]\\w+Test)\\b");
    private static final Pattern SETTING =
            Pattern.compile("\\b(kafila\\.(?:kafka|aws|lambda|plugins|log-format)[a-z0-9.-]*[a-z0-9])");
    private static final Pattern VARIABLE = Pattern.compile("\\b(KAFILA_[A-Z0-9_]*[A-Z0-9])\\b");
    private static final Pattern LINK = Pattern.compile("\\]\\((?!https?:)([^)\\s]+)\\)");
    private static final Pattern HEADING = Pattern.compile("(?m)^#{1,4} (.+)$");
    private static final Pattern FENCE = Pattern.compile("(?ms)^```.*?^```$");

    @Test
    void theTwoCommandsAreOnTheFirstScreenOfTheReadme() {
        String firstScreen = Project.file("README.md").text().lines().limit(30).collect(Collectors.joining("\n"));

        assertThat(firstScreen).contains("mvn -Psandbox").contains("mvn verify");
    }

    @Test
    void everyProfileOfACommandIsInThePom() throws IOException {
        List<String> profiles = Project.file("pom.xml").all(Pattern.compile("<profile>\\s*<id>([\\w-]+)</id>"));

        assertThat(findings(PROFILE, profile -> !profiles.contains(profile))).isEmpty();
    }

    @Test
    void everyOptionOfTheSandboxIsOne() throws IOException {
        String options = Project.file("src/sandbox/java/dev/kafila/sandbox/SandboxOptions.java")
                .text();

        assertThat(findings(SANDBOX_OPTION, option -> !options.contains('"' + option + '"')))
                .isEmpty();
    }

    @Test
    void everyTestThatADocumentNamesExists() throws IOException {
        Set<String> tests = new HashSet<>();
        for (String folder : List.of("src/test", "src/interop", "src/faults")) {
            for (Source source : Project.java(folder)) {
                tests.add(source.path().getFileName().toString().replace(".java", ""));
            }
        }

        assertThat(findings(TEST, test -> !tests.contains(test))).isEmpty();
    }

    @Test
    void everySettingThatADocumentNamesIsKnown() throws IOException {
        Source properties = Project.file("src/main/resources/application.properties");
        Set<String> settings =
                Set.copyOf(properties.all(Pattern.compile("(?m)^#?\\s*(kafila\\.[a-z0-9.-]+?)(?:\\.\\*)?\\s*(?:=|$)")));
        List<String> families = properties.all(Pattern.compile("(?m)^#?\\s*(kafila\\.[a-z0-9.-]+\\.)\\*\\s*=")).stream()
                .toList();

        assertThat(families).isNotEmpty();
        assertThat(findings(SETTING, name -> !isKnown(name, ".", settings, families)))
                .isEmpty();
        Set<String> variables = settings.stream().map(DocumentsTest::variable).collect(Collectors.toSet());
        assertThat(findings(
                        VARIABLE,
                        name -> !isKnown(
                                name,
                                "_",
                                variables,
                                families.stream().map(DocumentsTest::variable).toList())))
                .isEmpty();
    }

    private static String variable(String setting) {
        return setting.toUpperCase(Locale.ROOT).replaceAll("[.-]", "_");
    }

    @Test
    void theComponentsOptionsAreThoseOfTheReadme() {
        String endpoint = "src/main/java/dev/kafila/batch/KafkaBatchEndpoint.java";
        List<String> setters = Project.file(endpoint).all(Pattern.compile("void set(\\w+)\\("));
        String readme = Project.file("README.md").text();
        String section = readme.substring(
                readme.indexOf("### The component `kafka-batch`"), readme.indexOf("### Edit while it runs"));
        List<String> documented = new Source(Path.of("README.md"), section)
                .all(Pattern.compile("(?m)^\\| `([a-z]\\w+)` \\|")).stream()
                        .map(option -> option.substring(0, 1).toUpperCase(Locale.ROOT)
                                + option.substring(1).replaceFirst("Ms$", ""))
                        .toList();

        assertThat(documented).containsExactlyInAnyOrderElementsOf(setters);
    }

    /** What a document names and should not, each with the document. */
    private static List<String> findings(Pattern pattern, Predicate<String> wrong) throws IOException {
        return Project.documents().stream()
                .flatMap(
                        document -> document.all(pattern).stream().filter(wrong).map(found -> document + ": " + found))
                .toList();
    }

    /** A setting, one of a family, what several begin with, or the typing error that the README shows the refusal of. */
    private static boolean isKnown(String name, String separator, Set<String> known, List<String> families) {
        return known.contains(name)
                || families.stream().anyMatch(name::startsWith)
                || known.stream().anyMatch(other -> other.startsWith(name + separator))
                || Stream.of("KAFILA_SERVICE", "KAFILA_PORT", "KAFILA_LAMBDA_BATCHSIZE")
                        .anyMatch(name::startsWith);
    }

    @Test
    void everyLinkLeadsSomewhere() throws IOException {
        for (Source document : Project.documents()) {
            for (String link : document.all(LINK)) {
                String file = link.replaceFirst("#.*", "");
                Path target = file.isEmpty()
                        ? document.path()
                        : document.path().resolveSibling(file).normalize();
                assertThat(target).as("%s of %s", link, document).exists();
                if (link.contains("#")) {
                    assertThat(anchors(Project.file(target.toString())))
                            .as("headings for %s of %s", link, document)
                            .contains(link.substring(link.indexOf('#') + 1));
                }
            }
        }
    }

    private static List<String> anchors(Source document) {
        return HEADING.matcher(FENCE.matcher(document.text()).replaceAll(""))
                .results()
                .map(heading -> heading.group(1)
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{N} _-]", "")
                        .replace(' ', '-'))
                .toList();
    }

    @Test
    void decisionsAreNumberedWithoutAGapAndShort() throws IOException {
        try (Stream<Path> files = Files.list(DECISIONS)) {
            List<Source> decisions =
                    files.sorted().map(path -> Project.file(path.toString())).toList();

            assertThat(decisions).isNotEmpty();
            assertThat(decisions.stream().map(DocumentsTest::number))
                    .containsExactlyElementsOf(
                            IntStream.rangeClosed(1, decisions.size()).boxed().toList());
            assertThat(decisions).allSatisfy(decision -> assertThat(decision.lines())
                    .as("lines of %s", decision)
                    .isLessThanOrEqualTo(LONGEST_DECISION));
        }
    }

    /** What its name and its heading agree on. */
    private static int number(Source decision) {
        String name = decision.path().getFileName().toString();
        assertThat(name).matches("\\d{4}-[a-z0-9-]+\\.md");
        int number = Integer.parseInt(name.substring(0, 4));
        assertThat(decision.text()).startsWith("# " + number + ". ");
        return number;
    }
}
