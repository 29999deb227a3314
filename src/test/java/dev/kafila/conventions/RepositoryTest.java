package dev.kafila.conventions;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What is kept holds nothing of the machine that it was written on, and nothing that was left for later. */
class RepositoryTest {
    private static final int LONGEST_CLASS = 250;

    private static final Pattern MACHINE =
            Pattern.compile("(?<![\\w.])(/(?:home|root|Users|work|tmp)/[\\w.]+|[A-Z]:\\\\\\w+)");

    /** Hosts with a top-level domain; loopback and single words cannot be anybody's. */
    private static final Pattern HOST =
            Pattern.compile("https?://(?:[^@/\\s\"]*@)?([\\w-]+(?:\\.[\\w-]+)*\\.[a-z]{2,})");

    private static final Set<String> PUBLIC_HOSTS = Set.of(
            "docs.aws.amazon.com",
            "sts.amazonaws.com",
            "sns.amazonaws.com",
            "queue.amazonaws.com",
            "camel.apache.org",
            "docs.confluent.io",
            "json-schema.org",
            "kafka.apache.org",
            "maven.apache.org",
            "www.apache.org",
            "www.w3.org",
            "kubernetes.io",
            "keda.sh",
            "github.com");

    // In two parts, so that this file does not find itself.
    private static final Pattern LEFT_FOR_LATER = Pattern.compile("\\b(TO" + "DO|FIX" + "ME|XX" + "X)\\b");
    private static final Pattern SWITCHED_OFF = Pattern.compile("@(Dis" + "abled)\\b");

    @Test
    void noFileNamesAMachine() throws IOException {
        assertThat(findings(MACHINE)).isEmpty();
    }

    @Test
    void everyHostIsPublicDocumentationOrAnExample() throws IOException {
        assertThat(findings(HOST))
                .allMatch(finding -> finding.matches(".*[.](example|invalid)")
                        || PUBLIC_HOSTS.contains(finding.substring(finding.lastIndexOf(' ') + 1)));
    }

    @Test
    void nothingIsLeftForLaterOrSwitchedOff() throws IOException {
        assertThat(findings(LEFT_FOR_LATER)).isEmpty();
        assertThat(findings(SWITCHED_OFF)).isEmpty();
    }

    @Test
    void noClassOfTheJarIsLong() throws IOException {
        assertThat(Project.java("src/main"))
                .filteredOn(source -> source.lines() > LONGEST_CLASS)
                .isEmpty();
    }

    @Test
    void everyPackageIsNamedForACapability() throws IOException {
        assertThat(Project.java("src/main"))
                .filteredOn(source -> source.path()
                        .getParent()
                        .getFileName()
                        .toString()
                        .matches("util(s|ities)?|helpers?|common|misc"))
                .isEmpty();
    }

    /** Each with the file that it is in. */
    private static List<String> findings(Pattern pattern) throws IOException {
        return Project.sources().stream()
                .flatMap(source -> source.all(pattern).stream().map(found -> source + ": " + found))
                .toList();
    }
}
