package dev.kafila.faults.proof;

import static dev.kafila.faults.proof.Fate.REFUSED;
import static dev.kafila.faults.proof.Fate.TAKEN;
import static dev.kafila.faults.proof.Fate.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class InversionsTest {
    private final History history = History.ofGood(1, 20);

    @Test
    void aRequestBehindALaterOneIsInverted() {
        history.sends("a", TAKEN, 0, 10, 20).sends("a", TAKEN, 0, 0, 10).commits(0, 20);

        history.assertBroken(Inversions.INVERSIONS, 1, "orders-0@0");
    }

    @Test
    void requestsAreInvertedNotRecords() {
        history.sends("a", TAKEN, 0, 10, 20)
                .sends("a", TAKEN, 0, 0, 5)
                .sends("a", TAKEN, 0, 5, 10)
                .commits(0, 20);

        history.assertBroken(Inversions.INVERSIONS, 2, "orders-0@0");
    }

    @Test
    void aRefusedRequestIsNoDelivery() {
        history.sends("a", REFUSED, 0, 10, 20).sends("a", TAKEN, 0, 0, 20).commits(0, 20);

        history.assertHolds();
    }

    @Test
    void aSecondDeliveryIsNotInverted() {
        history.sends("a", UNKNOWN, 0, 0, 10).sends("a", TAKEN, 0, 0, 20).commits(0, 20);

        history.assertHolds();
    }

    @Test
    void whatOneRequestDeliveredInPartIsNotCompared() {
        history.sends("a", part(0, 10, 3)).sends("a", TAKEN, 0, 3, 4);
        history.sends("a", TAKEN, 0, 10, 20).commits(0, 20);

        history.assertHolds();
    }

    @Test
    void whatFailsAgainAmongOthersIsComparedWithNoneOfBothRequests() {
        history.sends("a", part(0, 10, 3)).sends("b", part(2, 6, 3)).sends("b", part(2, 12, 3));
        history.sends("b", TAKEN, 0, 3, 4).sends("b", TAKEN, 0, 12, 20).commits(0, 20);

        assertThat(history.figure(Inversions.INVERSIONS).value()).isZero();
    }

    @Test
    void whatIsSentAgainAfterALaterRequestIsInverted() {
        history.sends("a", part(0, 10, 3)).sends("a", TAKEN, 0, 10, 20);
        history.sends("a", TAKEN, 0, 3, 4).commits(0, 20);

        history.assertBroken(Inversions.INVERSIONS, 1, "orders-0@3");
    }

    @Test
    void halvesOfARequestThatWasRefusedAsAWholeAreCompared() {
        history.sends("a", REFUSED, 0, 0, 20)
                .sends("a", TAKEN, 0, 10, 20)
                .sends("a", TAKEN, 0, 0, 10)
                .commits(0, 20);

        history.assertBroken(Inversions.INVERSIONS, 1, "orders-0@0");
    }

    @Test
    void aFrozenInstanceMaySendOneStaleRequest() {
        frozen(History.SESSION).sends("a", TAKEN, 0, 0, 5).sends("b", TAKEN, 0, 5, 10);
        history.commits(0, 20);

        history.assertBroken(Inversions.INVERSIONS, 2, "orders-0@5");
        assertThat(history.figure(Inversions.INVERSIONS).allowed()).isEqualTo(1);
    }

    @Test
    void aSecondStaleRequestOfAPartitionIsInverted() {
        frozen(History.SESSION).sends("a", TAKEN, 0, 0, 5).sends("a", TAKEN, 0, 5, 10);
        history.commits(0, 20);

        history.assertBroken(Inversions.INVERSIONS, 2, "orders-0@5");
    }

    @Test
    void anInstanceThatWasFrozenForLessThanItsSessionMayNot() {
        frozen(History.SESSION.minusMillis(1)).sends("a", TAKEN, 0, 0, 10).commits(0, 20);

        history.assertBroken(Inversions.INVERSIONS, 1, "orders-0@0");
    }

    @Test
    void anInstanceThatAwokeLongAgoMayNot() {
        frozen(History.SESSION)
                .passes(History.SESSION)
                .passes(Duration.ofMillis(1))
                .sends("a", TAKEN, 0, 0, 10)
                .commits(0, 20);

        history.assertBroken(Inversions.INVERSIONS, 1, "orders-0@0");
    }

    private History frozen(Duration length) {
        return history.sends("b", TAKEN, 0, 10, 20).happens(FaultKind.FREEZE, "a", length);
    }

    /** A request of partition 0 in which one record is refused. */
    private static List<Exchange.Sent> part(int from, int to, int refused) {
        return IntStream.range(from, to)
                .mapToObj(number -> new Exchange.Sent(new RecordId(0, number), number == refused ? REFUSED : TAKEN))
                .toList();
    }
}
