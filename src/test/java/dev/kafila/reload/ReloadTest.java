package dev.kafila.reload;

import static dev.kafila.Workplace.ask;
import static dev.kafila.Workplace.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.kafila.Application;
import dev.kafila.Workplace;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Map;
import org.apache.camel.Route;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReloadTest {
    private static final Duration SOON = Duration.ofSeconds(10);

    @TempDir
    Path directory;

    private Workplace place;
    private Application application;

    @BeforeEach
    void start() throws Exception {
        place = new Workplace(directory);
        place.kamelet("shout", "${body}{{end}}");
        place.route("greet", "direct:greet", "kamelet:shout?end=!");
        place.route("other", "direct:other", "language:simple:${body}.");
        application = place.start(Map.of());
    }

    @AfterEach
    void stop() throws Exception {
        application.close();
    }

    @Test
    void anEditedFileReplacesItsRoutesAndNoOthers() throws Exception {
        Route other = application.camelContext().getRoute("other");

        place.route("greet", "direct:greet", "kamelet:shout?end=!!");

        awaitAnswer("direct:greet", "hello!!");
        assertThat(application.camelContext().getRoute("other")).isSameAs(other);
    }

    @Test
    void aFileThatIsReplacedByAnotherUnderItsNameCounts() throws Exception {
        Path written = Files.writeString(
                directory.resolve("4913"),
                Files.readString(place.routeFile("greet")).replace("end=!", "end=."));

        Files.move(written, place.routeFile("greet"), StandardCopyOption.REPLACE_EXISTING);

        awaitAnswer("direct:greet", "hello.");
    }

    @Test
    void theRoutesOfKameletsDoNotPileUp() throws Exception {
        int routes = application.camelContext().getRoutes().size();

        place.route("greet", "direct:greet", "kamelet:shout?end=!!");

        awaitAnswer("direct:greet", "hello!!");
        assertThat(application.camelContext().getRoutes()).hasSize(routes);
    }

    @Test
    void aNewFileAddsItsRoutes() throws Exception {
        place.route("new", "direct:new", "kamelet:shout?end=+");

        awaitAnswer("direct:new", "hello+");
    }

    @Test
    void theRoutesOfADeletedFileStop() throws Exception {
        Files.delete(place.routeFile("greet"));

        await().atMost(SOON)
                .untilAsserted(() ->
                        assertThat(application.camelContext().getRoute("greet")).isNull());
        assertThat(ask(application, "direct:other", "hello")).isEqualTo("hello.");
    }

    @Test
    void anEditedKameletReplacesTheRoutesThatUseIt() throws Exception {
        Route other = application.camelContext().getRoute("other");

        place.kamelet("shout", "<${body}{{end}}>");

        awaitAnswer("direct:greet", "<hello!>");
        assertThat(application.camelContext().getRoute("other")).isSameAs(other);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "- route: [                                             | greet.camel.yaml, line 2",
                "- route: {id: greet, form: 'direct:greet'}             | form",
                "- route: {id: greet, from: {uri: 'direct:greet', steps: [{to: 'direct:x?colour=red'}]}} | colour=red",
                "- route: {id: greet, from: {uri: 'direct:greet', steps: [{to: 'kamelet:shuot?end=1'}]}} | shuot",
                "- route: {id: greet, from: {uri: 'direct:greet', steps: [{to: 'kamelet:shout'}]}}       | end",
                "- route: {id: greet, from: {uri: 'direct:greet', steps: [{to: 'kamelet:shout?end=1&ned=2'}]}} | ned; it has end",
                "- route: {id: greet, from: {uri: 'nosuch:greet', steps: [{to: 'kamelet:shout?end=1'}]}} | nosuch",
                "- route: {id: other, from: {uri: 'direct:greet', steps: [{to: 'kamelet:shout?end=1'}]}} | other",
                "- route: {id: greet, from: {uri: 'direct:greet', steps: [{to: '{{no.such.key}}'}]}}     | no.such.key",
            })
    void anEditThatCannotRunChangesNothingAndShowsInHealth(String yaml, String told) throws Exception {
        Route greet = application.camelContext().getRoute("greet");

        place.routes("greet", yaml);

        await().atMost(SOON)
                .untilAsserted(() ->
                        assertThat(get(application, "/observe/health").body()).contains("greet.camel.yaml", told));
        assertThat(get(application, "/observe/health/ready").statusCode()).isEqualTo(200);
        assertThat(application.camelContext().getRoute("greet")).isSameAs(greet);
        assertThat(ask(application, "direct:greet", "hello")).isEqualTo("hello!");
    }

    @Test
    void aCorrectedFileIsTakenOverAfterOneThatWasRefused() throws Exception {
        place.routes("greet", "- route: [");
        await().atMost(SOON)
                .untilAsserted(() ->
                        assertThat(get(application, "/observe/health").body()).contains("not reloaded"));

        place.route("greet", "direct:greet", "kamelet:shout?end=!!");

        awaitAnswer("direct:greet", "hello!!");
        assertThat(get(application, "/observe/health").body()).doesNotContain("not reloaded");
    }

    @Test
    void theLastGoodVersionComesBackWhenTheNewOneDoesNotStart() throws Exception {
        int routes = application.camelContext().getRoutes().size();

        // It can be built, but there may be only one consumer of an endpoint.
        place.route("greet", "direct:other", "kamelet:shout?end=.");

        awaitHealth("not reloaded", "Multiple consumers");
        assertThat(ask(application, "direct:greet", "hello")).isEqualTo("hello!");
        assertThat(ask(application, "direct:other", "hello")).isEqualTo("hello.");
        assertThat(application.camelContext().getRoutes()).hasSize(routes);
        place.route("greet", "direct:greet", "kamelet:shout?end=!!");
        awaitAnswer("direct:greet", "hello!!");
    }

    @Test
    void anInstanceWhoseLastGoodVersionIsLostIsNotReadyUntilTheFilesRunAgain() throws Exception {
        StartsAsOftenAs.LEFT.set(1);
        place.routes("once", once("direct:once"));
        awaitAnswer("direct:once", "hello");

        place.routes("once", once("direct:twice"));
        awaitHealth("not reloaded", "did not start again either");
        assertThat(get(application, "/observe/health/ready").statusCode()).isEqualTo(503);
        assertThat(get(application, "/observe/health/live").statusCode()).isEqualTo(200);
        assertThat(ask(application, "direct:greet", "hello")).isEqualTo("hello!");

        Route greet = application.camelContext().getRoute("greet");
        place.routes("typo", "- route: [");
        awaitHealth("typo.camel.yaml", "did not start again either");
        assertThat(ask(application, "direct:greet", "hello")).isEqualTo("hello!");
        Files.delete(place.routeFile("typo"));

        StartsAsOftenAs.LEFT.set(1);
        place.routes("once", once("direct:thrice"));
        awaitAnswer("direct:thrice", "hello");
        assertThat(application.camelContext().getRoute("greet")).isSameAs(greet);
        assertThat(get(application, "/observe/health/ready").statusCode()).isEqualTo(200);
    }

    private static String once(String from) {
        return """
                - route:
                    id: once
                    from:
                      uri: %s
                      steps:
                        - process: {ref: "#class:dev.kafila.reload.StartsAsOftenAs"}
                """.formatted(from);
    }

    @Test
    void refusedEditsLeaveNoThreadsBehind() throws Exception {
        refuse(0);
        long threads = threadsOfCamel();

        for (int edit = 1; edit <= 3; edit++) {
            refuse(edit);
        }

        assertThat(threadsOfCamel()).isLessThanOrEqualTo(threads);
    }

    private static long threadsOfCamel() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("Camel"))
                .count();
    }

    private void refuse(int edit) throws Exception {
        place.route("greet", "direct:greet", "direct:x?colour" + edit + "=red");
        await().atMost(SOON)
                .untilAsserted(() ->
                        assertThat(get(application, "/observe/health").body()).contains("colour" + edit));
    }

    private void awaitHealth(String... told) {
        await().atMost(SOON)
                .untilAsserted(() ->
                        assertThat(get(application, "/observe/health").body()).contains(told));
    }

    private void awaitAnswer(String endpoint, String answer) {
        await().atMost(SOON).ignoreExceptions().untilAsserted(() -> assertThat(ask(application, endpoint, "hello"))
                .isEqualTo(answer));
    }
}
