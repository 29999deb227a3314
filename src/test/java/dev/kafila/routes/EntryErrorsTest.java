package dev.kafila.routes;

import static dev.kafila.record.TestRecords.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kafila.batch.SharedBroker;
import dev.kafila.sandbox.EventEntry;
import dev.kafila.sandbox.PutTimeline;
import dev.kafila.sandbox.SandboxBroker;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every error that PutEvents knows of an entry, with and without order: nothing is lost, and nothing comes twice. */
@Timeout(120)
@ExtendWith(SharedBroker.class)
class EntryErrorsTest {
    private static final int OF_EACH_PARTITION = 60;
    private static final int RECORDS = OF_EACH_PARTITION * EventRoute.PARTITIONS;

    /** Of each partition one record in ten. */
    private static final int FAILING = RECORDS / 10;

    private final EventRoute route;

    EntryErrorsTest(SandboxBroker broker, @TempDir Path directory) {
        route = new EventRoute(broker, directory).withDeadLetters().with("batch-size", "30");
    }

    @AfterEach
    void close() throws Exception {
        route.close();
    }

    static Stream<Arguments> transientErrorsOfEntries() {
        return inBothOrders("ThrottlingException", "InternalFailure", "InternalException");
    }

    @ParameterizedTest
    @MethodSource("transientErrorsOfEntries")
    void onlyTheEntryThatFailedForNowIsSentAgain(String code, boolean ordered) throws Exception {
        Set<String> failed = new HashSet<>();
        route.events.failsEntriesWhen(entry -> isOneInTen(entry) && failed.add(PutTimeline.record(entry)), code);

        run(ordered);

        route.assertSettled(0);
        assertThat(failed).hasSize(FAILING);
        assertThat(route.sendings()).hasSize(RECORDS).allSatisfy((record, times) -> assertThat(times)
                .isEqualTo(failed.contains(record) ? 2 : 1));
        assertOrder(ordered);
    }

    @ParameterizedTest
    @MethodSource("transientErrorsOfEntries")
    void anEntryThatNeverSucceedsIsGivenUpAfterItsAttempts(String code, boolean ordered) throws Exception {
        route.events.failsEntriesWhen(EntryErrorsTest::isOneInTen, code);

        run(ordered);

        route.assertSettled(FAILING);
        assertThat(route.sendings()).hasSize(RECORDS).allSatisfy((record, times) -> assertThat(times)
                .isEqualTo(record.endsWith("7") ? 6 : 1));
        assertDeadLetters(code);
        assertOrder(ordered);
    }

    static Stream<Arguments> permanentErrorsOfEntries() {
        return inBothOrders("InvalidArgument", "MalformedDetail", "RedactionFailure", "SomethingNew");
    }

    @ParameterizedTest
    @MethodSource("permanentErrorsOfEntries")
    void anEntryThatIsRefusedIsNotSentAgainAndItsNeighboursAreTaken(String code, boolean ordered) throws Exception {
        route.events.failsEntriesWhen(EntryErrorsTest::isOneInTen, code);

        run(ordered);

        route.assertSettled(FAILING);
        assertThat(route.sendings()).hasSize(RECORDS).allSatisfy((record, times) -> assertThat(times)
                .isEqualTo(1));
        assertDeadLetters(code);
        assertOrder(ordered);
    }

    static Stream<Arguments> errorsOfConfiguration() {
        return inBothOrders(
                "AccessDeniedException",
                "InvalidAccountIdException",
                "NotAuthorizedForSourceException",
                "NotAuthorizedForDetailTypeException");
    }

    @ParameterizedTest
    @MethodSource("errorsOfConfiguration")
    void whatSomebodyHasToPutRightStopsThePartitionAndGivesNothingUp(String code, boolean ordered) throws Exception {
        route.events.failsEntriesWhen(EntryErrorsTest::isOneInTen, code);
        run(ordered);
        route.awaitAllStopped(code);
        assertThat(route.deadLetters()).isEmpty();

        route.events.answersNormally();
        route.resumeAll();

        route.assertSettled(0);
        assertOrder(ordered);
    }

    private static Stream<Arguments> inBothOrders(String... cases) {
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

    private void assertDeadLetters(String code) {
        assertThat(route.deadLetters()).hasSize(FAILING).allSatisfy(letter -> assertThat(
                        letter.headers().lastHeader("kafila.error.code").value())
                .isEqualTo(utf8(code)));
    }

    private static boolean isOneInTen(EventEntry entry) {
        return EventRoute.offset(entry) % 10 == 7;
    }
}
