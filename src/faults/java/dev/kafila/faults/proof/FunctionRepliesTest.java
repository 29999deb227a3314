package dev.kafila.faults.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kafila.faults.proof.Exchange.Sent;
import dev.kafila.sandbox.Answer;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FunctionRepliesTest {
    private static final int SMALL = 1_000;

    private final Workload workload = new Workload(1, 1, 10_000, 50, 1_000_000);
    private final FunctionReplies counted = new FunctionReplies(workload, true);
    private final FunctionReplies uncounted = new FunctionReplies(workload, false);
    private final List<RecordId> good = of(Kind.GOOD);
    private final RecordId poison = of(Kind.POISON).get(0);

    @Test
    void withoutAFaultEverythingIsTaken() {
        Reply reply = counted.to(SMALL, good, null);

        assertThat(reply.answer().body()).isEqualTo("{\"batchItemFailures\":[]}");
        assertThat(fates(reply)).containsOnly(Fate.TAKEN);
    }

    @Test
    void poisonIsNamedForEverAndItsNeighboursAreTaken() {
        List<RecordId> ids = List.of(good.get(0), poison);

        for (int attempt = 0; attempt < 10; attempt++) {
            Reply reply = counted.to(SMALL, ids, null);
            assertThat(reply.answer().body())
                    .isEqualTo("{\"batchItemFailures\":[{\"itemIdentifier\":{\"partition\":\"orders-0\",\"offset\":"
                            + poison.number() + "}}]}");
            assertThat(fates(reply)).containsExactly(Fate.TAKEN, Fate.REFUSED);
        }
    }

    @Test
    void aPayloadWithAnOversizeRecordIsRefusedWhole() {
        Reply reply = counted.to(Orders.OVERSIZE_BYTES, good, null);

        assertThat(reply.answer().status()).isEqualTo(413);
        assertThat(fates(reply)).containsOnly(Fate.REFUSED);
    }

    @Test
    void whereAttemptsAreCountedEachRecordIsFailedOnceAndNamedOnce() {
        List<RecordId> half = good.subList(0, 100);
        List<RecordId> batch = good.subList(0, 200);

        assertThat(counted.to(SMALL, half, FaultKind.FUNCTION_ERRORS).answer().kind())
                .isEqualTo(Answer.Kind.FUNCTION_ERROR);
        assertThat(counted.to(SMALL, batch, FaultKind.FUNCTION_ERRORS).answer().kind())
                .isEqualTo(Answer.Kind.OK);
        assertThat(fates(counted.to(SMALL, batch, FaultKind.PARTIAL_FAILURES))).contains(Fate.REFUSED, Fate.TAKEN);
        assertThat(fates(counted.to(SMALL, batch, FaultKind.PARTIAL_FAILURES))).containsOnly(Fate.TAKEN);
    }

    @Test
    void whereAttemptsAreManyAStormFailsTheSameRecordsAgain() {
        for (int attempt = 0; attempt < 10; attempt++) {
            assertThat(fates(uncounted.to(SMALL, good, FaultKind.FUNCTION_ERRORS)))
                    .containsOnly(Fate.REFUSED);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"ENDPOINT_HANGS", "ENDPOINT_RESETS", "ENDPOINT_TRUNCATES"})
    void whatGetsNoAnswerMayHaveBeenTakenButForPoison(FaultKind storm) {
        assertThat(fates(counted.to(SMALL, List.of(good.get(0), poison), storm)))
                .containsExactly(Fate.UNKNOWN, Fate.REFUSED);
    }

    @ParameterizedTest
    @EnumSource(names = {"THROTTLE", "THROTTLE_WITH_RETRY_AFTER", "SERVER_ERRORS"})
    void whatIsRefusedWholeIsNotTaken(FaultKind storm) {
        Reply reply = counted.to(SMALL, good, storm);

        assertThat(reply.answer().kind()).isEqualTo(Answer.Kind.ERROR);
        assertThat(fates(reply)).containsOnly(Fate.REFUSED);
    }

    @Test
    void aSlowFunctionTakesEverything() {
        Reply reply = counted.to(SMALL, good, FaultKind.SLOW_FUNCTION);

        assertThat(reply.answer().delay()).isEqualTo(FunctionReplies.SLOW);
        assertThat(fates(reply)).containsOnly(Fate.TAKEN);
    }

    private static List<Fate> fates(Reply reply) {
        return reply.records().stream().map(Sent::fate).toList();
    }

    private List<RecordId> of(Kind kind) {
        return IntStream.range(0, workload.records())
                .mapToObj(number -> new RecordId(0, number))
                .filter(id -> workload.kind(id) == kind)
                .limit(500)
                .toList();
    }
}
