package dev.kafila.routes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.kafila.batch.Ledger;
import dev.kafila.batch.SharedBroker;
import dev.kafila.sandbox.Answer;
import dev.kafila.sandbox.EventEntry;
import dev.kafila.sandbox.PutEvents;
import dev.kafila.sandbox.SandboxBroker;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Everything that can become of a whole PutEvents request, with and without order: nothing is lost, and nothing comes twice. */
@Timeout(120)
@ExtendWith(SharedBroker.class)
class RequestErrorsTest {
    private static final int OF_EACH_PARTITION = 60;
    private static final int RECORDS = OF_EACH_PARTITION * EventRoute.PARTITIONS;

    /** Of each partition one record in ten. */
    private static final int FAILING = RECORDS / 10;

    private final EventRoute route;

    RequestErrorsTest(SandboxBroker broker, @TempDir Path directory) {
        route = new EventRoute(broker, directory).withDeadLetters().with("batch-size", "30");
    }

    @AfterEach
    void close() throws Exception {
        route.close();
    }

    static Stream<Arguments> transientAnswers() {
        return inBothOrders(
                Answer.rateExceeded(),
                Answer.rateExceeded().withRetryAfter(Duration.ofSeconds(1)),
                Answer.throttle(),
                Answer.throttle(Duration.ofSeconds(1)),
                Answer.status(429, "ThrottlingException"),
                Answer.status(500, "InternalException"),
                Answer.status(500, "InternalFailure"),
                Answer.status(503, "ServiceUnavailable"),
                Answer.bare(502),
                Answer.reset(),
                Answer.truncated(),
                Answer.hang());
    }

    @ParameterizedTest
    @MethodSource("transientAnswers")
    void aRequestThatFailedForNowIsSentAgain(Answer answer, boolean ordered) throws Exception {
        route.events.answers(answer, Answer.ok(), answer, Answer.ok(), answer);
        route.with("timeout", "2s");

        run(ordered);

        route.assertSettled(0);
        assertThat(route.events.count()).isEqualTo(route.events.deliveredCount() + 3);
        assertOrder(ordered);
    }

    static Stream<Arguments> answersThatSayNothing() {
        return inBothOrders(
                Answer.ok(""),
                Answer.ok("<html>"),
                Answer.ok("{}"),
                Answer.ok("{\"FailedEntryCount\":0,\"Entries\":[]}"),
                Answer.ok("{\"FailedEntryCount\":0,\"Entries\":[" + "{},".repeat(9) + "{}]}"));
    }

    @ParameterizedTest
    @MethodSource("answersThatSayNothing")
    void anAnswerThatSaysNothingOfItsEntriesIsNoSuccess(Answer answer, boolean ordered) throws Exception {
        route.events.answers(answer, answer, answer);

        run(ordered);

        // The bus took what those three carried, and nobody could know.
        route.awaitAllCommitted();
        await().until(() -> route.count(Ledger.Entry::inFlight) == 0);
        assertThat(route.count(Ledger.Entry::delivered)).isEqualTo(RECORDS);
        assertThat(Set.copyOf(route.taken())).hasSize(RECORDS);
        assertThat(route.taken().size() - RECORDS).isBetween(3, 3 * 10);
        assertOrder(ordered);
    }

    static Stream<Arguments> refusalsOfRequests() {
        return inBothOrders(
                Answer.status(400, "ValidationException"),
                Answer.status(400, "SerializationException"),
                Answer.status(413, "RequestEntityTooLarge"),
                Answer.bare(413),
                Answer.bare(400));
    }

    @ParameterizedTest
    @MethodSource("refusalsOfRequests")
    void aRequestThatIsRefusedIsCutUntilOnlyTheCulpritIsGivenUp(Answer answer, boolean ordered) throws Exception {
        route.events.answersWhen(RequestErrorsTest::hasPoison, answer);

        run(ordered);

        route.assertSettled(FAILING);
        assertThat(route.deadLetters()).allMatch(letter -> new String(letter.value(), UTF_8).contains("7}"));
        assertOrder(ordered);
    }

    @ParameterizedTest
    @MethodSource("refusalsOfRequests")
    void whatIsTooLargeOnlyTogetherIsTakenInSmallerRequests(Answer answer, boolean ordered) throws Exception {
        route.events.limit(800);
        route.events.answersTooLargeWith(answer);

        run(ordered);

        route.assertSettled(0);
        assertThat(route.events.delivered()).allMatch(put -> put.entries().size() < 10);
        assertOrder(ordered);
    }

    static Stream<Arguments> refusalsOfTheCaller() {
        return inBothOrders(
                Answer.status(400, "AccessDeniedException"),
                Answer.status(400, "UnrecognizedClientException"),
                Answer.status(403, "ExpiredTokenException"),
                Answer.status(400, "ResourceNotFoundException"),
                Answer.bare(403));
    }

    @ParameterizedTest
    @MethodSource("refusalsOfTheCaller")
    void aRefusalOfTheCallerStopsThePartitionAndGivesNothingUp(Answer answer, boolean ordered) throws Exception {
        route.events.byDefault(answer);
        run(ordered);
        route.awaitAllStopped("does not take");
        assertThat(route.deadLetters()).isEmpty();

        route.events.answersNormally();
        route.resumeAll();

        route.assertSettled(0);
        assertOrder(ordered);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void anEventThatIsTooLargeAloneIsGivenUpAndNotTheOthers(boolean ordered) throws Exception {
        route.with("payload-limit", "2KiB")
                .with("ordered", String.valueOf(ordered))
                .start();
        route.send(0, "a");
        route.send(0, "x".repeat(2048));
        route.send(0, "b");

        route.assertSettled(1);
        assertThat(route.deadLetters().get(0).value()).hasSize(2048);
    }

    private static Stream<Arguments> inBothOrders(Object... cases) {
        return Stream.of(cases).flatMap(each -> Stream.of(Arguments.of(each, false), Arguments.of(each, true)));
    }

    private void run(boolean ordered) throws Exception {
        route.with("ordered", String.valueOf(ordered)).start().produce(OF_EACH_PARTITION);
    }

    private void assertOrder(boolean ordered) {
        if (ordered) {
            route.assertOrdered();
        }
    }

    private static boolean hasPoison(PutEvents put) {
        return put.entries().stream().anyMatch(RequestErrorsTest::isOneInTen);
    }

    private static boolean isOneInTen(EventEntry entry) {
        return EventRoute.offset(entry) % 10 == 7;
    }
}
