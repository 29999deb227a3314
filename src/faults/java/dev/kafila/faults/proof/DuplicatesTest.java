package dev.kafila.faults.proof;

import static dev.kafila.faults.proof.Fate.TAKEN;
import static dev.kafila.faults.proof.Fate.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kafila.faults.proof.Exchange.Sent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DuplicatesTest {
    private final History history = History.ofGood(1, 20);

    @Test
    void aSecondDeliveryWithoutAReasonIsADuplicate() {
        history.sends("a", TAKEN, 0, 0, 20).sends("a", TAKEN, 0, 19, 20).commits(0, 20);

        history.assertBroken(Duplicates.DUPLICATES, 1, "first orders-0@19");
    }

    @Test
    void aSecondDeadLetterIsADuplicate() {
        History poisoned = History.withPoison(20);
        poisoned.sends("a", poisoned.goodOf(0))
                .deadLetters("a", 0, poisoned.poisonOf(0))
                .deadLetters("a", 0, poisoned.poisonOf(0));
        poisoned.commits(0, 20);

        poisoned.assertBroken(Duplicates.DUPLICATES, 1, "is dead-lettered twice");
    }

    @Test
    void anAnswerThatDidNotArriveMayDoubleItsRequest() {
        history.sends("a", UNKNOWN, 0, 0, 10).sends("a", TAKEN, 0, 0, 20).commits(0, 20);
        assertThat(history.figure(Duplicates.DUPLICATES).allowed()).isEqualTo(10);
        history.assertHolds();

        history.sends("a", TAKEN, 0, 0, 1);
        history.assertBroken(Duplicates.DUPLICATES, 11, "first orders-0@0");
    }

    @Test
    void aCrashMayDoubleABatchOfEachPartitionThatTheInstanceHad() {
        History two = History.ofGood(3, 10);
        two.sends("a", TAKEN, 0, 0, 10).sends("a", TAKEN, 1, 0, 5).sends("b", TAKEN, 1, 5, 10);
        two.sends("b", TAKEN, 2, 0, 10).happens(FaultKind.KILL, "a", Duration.ZERO);
        two.sends("b", TAKEN, 0, 0, 10).commits(0, 10).commits(1, 10).commits(2, 10);

        assertThat(two.figure(Duplicates.DUPLICATES).allowed()).isEqualTo(History.BATCH);
        two.assertHolds();
    }

    @Test
    void aFreezeMayDoubleABatchWhenItOutlastsTheSession() {
        assertThat(allowedAfter(FaultKind.FREEZE, "a", History.SESSION)).isEqualTo(History.BATCH);
        assertThat(allowedAfter(FaultKind.FREEZE, "b", History.SESSION)).isZero();
        assertThat(allowedAfter(FaultKind.FREEZE, "a", History.SESSION.minusMillis(1)))
                .isZero();
    }

    @Test
    void aBrokerThatIsAwayMayDoubleABatchOfEachPartitionWhenItOutlastsTheSession() {
        assertThat(allowedAfter(FaultKind.BROKER_AWAY, null, History.SESSION)).isEqualTo(History.BATCH);
        assertThat(allowedAfter(FaultKind.BROKER_AWAY, null, History.SESSION.minusMillis(1)))
                .isZero();
    }

    private static long allowedAfter(FaultKind kind, String instance, Duration length) {
        History one = History.ofGood(2, 20);
        one.sends("a", TAKEN, 0, 0, 20).happens(kind, instance, length);
        return one.figure(Duplicates.DUPLICATES).allowed();
    }

    @Test
    void aCallThatOutlivesTheDrainMayDoubleItsBatch() {
        assertThat(allowedWhenCalled(Duration.ofSeconds(3), Duration.ofMillis(1001)))
                .isEqualTo(History.BATCH);
        assertThat(allowedWhenCalled(Duration.ofSeconds(3), Duration.ofMillis(999)))
                .isZero();
        assertThat(allowedWhenCalled(Duration.ofSeconds(1), Duration.ofMillis(1001)))
                .isZero();
    }

    private static long allowedWhenCalled(Duration answered, Duration next) {
        History one = History.ofGood(1, 20);
        one.sends("a", History.taken(0, 0, 10), answered)
                .passes(next.minusMillis(10))
                .sends("b", TAKEN, 0, 0, 20);
        return one.figure(Duplicates.DUPLICATES).allowed();
    }

    @Test
    void whatOvertookARecordThatWaitsMayComeAgainWhenThePartitionChangesHands() {
        assertThat(allowedWhenGoneOn("b", 3)).isEqualTo(History.BATCH);
        assertThat(allowedWhenGoneOn("b", 0)).isZero();
        assertThat(allowedWhenGoneOn("a", 3)).isZero();
    }

    /** After a request whose fourth record was refused. */
    private static long allowedWhenGoneOn(String instance, int from) {
        List<Sent> records = new ArrayList<>(History.taken(0, 0, 10));
        records.set(3, new Sent(records.get(3).id(), Fate.REFUSED));
        History one = History.ofGood(1, 20);
        one.sends("a", records).sends(instance, TAKEN, 0, from, 10);
        return one.figure(Duplicates.DUPLICATES).allowed();
    }

    @Test
    void whatOvertookARecordThatWaitsMayComeAgainFromTheSameInstanceWhenItsRouteIsEdited() {
        List<Sent> records = new ArrayList<>(History.taken(0, 0, 10));
        records.set(3, new Sent(records.get(3).id(), Fate.REFUSED));
        History edited = History.ofGood(1, 20);
        edited.sends("a", records).happens(FaultKind.ROUTE_EDITED, "a", Duration.ZERO);
        edited.sends("a", TAKEN, 0, 3, 13);

        assertThat(edited.figure(Duplicates.DUPLICATES).allowed()).isEqualTo(History.BATCH);
    }

    @Test
    void whatIsBehindADeadLetterThatWaitsMayBeDoubled() {
        History poisoned = History.withPoison(20);
        int poison = poisoned.poisonOf(0);
        poisoned.sends("a", poisoned.goodOf(0)).sends("b", TAKEN, 0, poison + 1, 20);
        assertThat(poisoned.figure(Duplicates.DUPLICATES).allowed()).isEqualTo(History.BATCH);

        History other = History.withPoison(20);
        other.sends("a", other.goodOf(0)).sends("b", TAKEN, 0, poison + 2, 20);
        assertThat(other.figure(Duplicates.DUPLICATES).allowed()).isZero();
    }

    @Test
    void aCrashMayDoubleDeadLettersOfWhoSentNothing() {
        History poisoned = History.withPoison(20);
        int poison = poisoned.poisonOf(0);
        poisoned.sends("a", poisoned.goodOf(0)).deadLetters("b", 0, poison);
        poisoned.happens(FaultKind.KILL, "b", Duration.ZERO).deadLetters("a", 0, poison);
        poisoned.commits(0, 20);

        poisoned.assertHolds();
    }
}
