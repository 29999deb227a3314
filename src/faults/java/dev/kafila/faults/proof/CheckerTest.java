package dev.kafila.faults.proof;

import static dev.kafila.faults.proof.Fate.REFUSED;
import static dev.kafila.faults.proof.Fate.TAKEN;
import static dev.kafila.faults.proof.Fate.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Each thing that can go wrong is found by its figure and by no other. */
class CheckerTest {
    private static final int ALWAYS = Integer.MAX_VALUE;

    private final History history = History.ofGood(1, 20);

    @Test
    void whatIsDeliveredAndCommittedHolds() {
        history.sends("a", TAKEN, 0, 0, 10)
                .commits(0, 10)
                .sends("a", TAKEN, 0, 10, 20)
                .commits(0, 20);

        assertHolds();
    }

    @Test
    void aRecordThatTheGroupPassedWithoutADeliveryIsLost() {
        history.sends("a", TAKEN, 0, 0, 10)
                .sends("a", REFUSED, 0, 10, 11)
                .sends("a", TAKEN, 0, 11, 20)
                .commits(0, 20);

        assertBroken(Losses.LOST, 1, "orders-0@10");
    }

    @Test
    void aRecordThatTheGroupHasNotPassedIsUnsettled() {
        history.sends("a", TAKEN, 0, 0, 10).commits(0, 10);

        assertBroken(Losses.UNSETTLED, 10, "orders-0 is committed to 10 of 20");
    }

    @Test
    void aCommitBeyondTheEndIsUnsettled() {
        history.sends("a", TAKEN, 0, 0, 20).commits(0, 21);

        assertBroken(Losses.UNSETTLED, 1, "orders-0 is committed to 21 of 20");
    }

    @Test
    void aGroupThatNeverCommittedIsUnsettled() {
        history.sends("a", TAKEN, 0, 0, 20);

        assertBroken(Losses.UNSETTLED, 20, "orders-0 is committed to 0 of 20");
    }

    @Test
    void poisonThatIsNotDeadLetteredIsMissing() {
        History poisoned = ofPoison();
        int poison = poison(0);
        poisoned.sends("a", good(0)).commits(0, 20);

        assertBroken(poisoned, Losses.MISSING_DEAD_LETTERS, 1, "orders-0@" + poison);
        poisoned.deadLetters(0, poison);
        assertThat(poisoned.verdict().broken()).isEmpty();
    }

    @Test
    void aGoodRecordThatIsDeadLetteredIsNotLostButSurplus() {
        history.sends("a", TAKEN, 0, 0, 19).deadLetters(0, 19).commits(0, 20);

        assertBroken(Losses.SURPLUS_DEAD_LETTERS, 1, "orders-0@19");
    }

    @Test
    void aGoodRecordThatIsDeliveredAndDeadLetteredIsSurplus() {
        history.sends("a", TAKEN, 0, 0, 20).deadLetters(0, 3).commits(0, 20);

        assertBroken(Losses.SURPLUS_DEAD_LETTERS, 1, "orders-0@3");
    }

    @Test
    void aRequestBehindALaterOneIsInverted() {
        history.sends("a", TAKEN, 0, 10, 20).sends("a", TAKEN, 0, 0, 10).commits(0, 20);

        assertBroken(Inversions.INVERSIONS, 1, "orders-0@0");
    }

    @Test
    void requestsAreInvertedNotRecords() {
        history.sends("a", TAKEN, 0, 10, 20)
                .sends("a", TAKEN, 0, 0, 5)
                .sends("a", TAKEN, 0, 5, 10)
                .commits(0, 20);

        assertBroken(Inversions.INVERSIONS, 2, "orders-0@0");
    }

    @Test
    void aRefusedRequestIsNoDelivery() {
        history.sends("a", REFUSED, 0, 10, 20).sends("a", TAKEN, 0, 0, 20).commits(0, 20);

        assertHolds();
    }

    @Test
    void aSecondDeliveryIsNotInverted() {
        history.sends("a", UNKNOWN, 0, 0, 10).sends("a", TAKEN, 0, 0, 20).commits(0, 20);

        assertHolds();
    }

    @Test
    void whatOneRequestDeliveredInPartIsNotCompared() {
        history.sends("a", part(0, 10, 3)).sends("a", TAKEN, 0, 3, 4);
        history.sends("a", TAKEN, 0, 10, 20).commits(0, 20);

        assertHolds();
    }

    @Test
    void whatIsSentAgainAfterALaterRequestIsInverted() {
        history.sends("a", part(0, 10, 3)).sends("a", TAKEN, 0, 10, 20);
        history.sends("a", TAKEN, 0, 3, 4).commits(0, 20);

        assertBroken(Inversions.INVERSIONS, 1, "orders-0@3");
    }

    @Test
    void halvesOfARequestThatWasRefusedAsAWholeAreCompared() {
        history.sends("a", REFUSED, 0, 0, 20)
                .sends("a", TAKEN, 0, 10, 20)
                .sends("a", TAKEN, 0, 0, 10)
                .commits(0, 20);

        assertBroken(Inversions.INVERSIONS, 1, "orders-0@0");
    }

    @Test
    void aFrozenInstanceMaySendOneStaleRequest() {
        frozen(History.SESSION).sends("a", TAKEN, 0, 0, 5).sends("b", TAKEN, 0, 5, 10);
        history.commits(0, 20);

        assertBroken(Inversions.INVERSIONS, 2, "orders-0@5");
        assertThat(figure(history.verdict(), Inversions.INVERSIONS).allowed()).isEqualTo(1);
    }

    @Test
    void aSecondStaleRequestOfAPartitionIsInverted() {
        frozen(History.SESSION).sends("a", TAKEN, 0, 0, 5).sends("a", TAKEN, 0, 5, 10);
        history.commits(0, 20);

        assertBroken(Inversions.INVERSIONS, 2, "orders-0@5");
    }

    @Test
    void anInstanceThatWasFrozenForLessThanItsSessionMayNot() {
        frozen(History.SESSION.minusMillis(1)).sends("a", TAKEN, 0, 0, 10).commits(0, 20);

        assertBroken(Inversions.INVERSIONS, 1, "orders-0@0");
    }

    @Test
    void anInstanceThatAwokeLongAgoMayNot() {
        frozen(History.SESSION)
                .passes(History.SESSION)
                .passes(Duration.ofMillis(1))
                .sends("a", TAKEN, 0, 0, 10)
                .commits(0, 20);

        assertBroken(Inversions.INVERSIONS, 1, "orders-0@0");
    }

    private History frozen(Duration length) {
        return history.sends("b", TAKEN, 0, 10, 20).happens(FaultKind.FREEZE, "a", length);
    }

    @Test
    void aSecondDeliveryWithoutAReasonIsADuplicate() {
        history.sends("a", TAKEN, 0, 0, 20).sends("a", TAKEN, 0, 19, 20).commits(0, 20);

        assertBroken(Duplicates.DUPLICATES, 1, "first orders-0@19");
    }

    @Test
    void aSecondDeadLetterIsADuplicate() {
        History poisoned = ofPoison();
        poisoned.sends("a", good(0)).deadLetters(0, poison(0)).deadLetters(0, poison(0));
        poisoned.commits(0, 20);

        assertBroken(poisoned, Duplicates.DUPLICATES, 1, "is dead-lettered twice");
    }

    @Test
    void anAnswerThatDidNotArriveMayDoubleItsRequest() {
        history.sends("a", UNKNOWN, 0, 0, 10).sends("a", TAKEN, 0, 0, 20).commits(0, 20);
        assertThat(figure(history.verdict(), Duplicates.DUPLICATES).allowed()).isEqualTo(10);
        assertHolds();

        history.sends("a", TAKEN, 0, 0, 1);
        assertBroken(Duplicates.DUPLICATES, 11, "first orders-0@0");
    }

    @Test
    void aCrashMayDoubleABatchOfEachPartitionThatTheInstanceHad() {
        History two = History.ofGood(3, 10);
        two.sends("a", TAKEN, 0, 0, 10).sends("a", TAKEN, 1, 0, 5).sends("b", TAKEN, 1, 5, 10);
        two.sends("b", TAKEN, 2, 0, 10).happens(FaultKind.KILL, "a", Duration.ZERO);
        two.sends("b", TAKEN, 0, 0, 10).commits(0, 10).commits(1, 10).commits(2, 10);

        assertThat(figure(two.verdict(), Duplicates.DUPLICATES).allowed()).isEqualTo(History.BATCH);
        assertThat(two.verdict().broken()).isEmpty();
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
        return figure(one.verdict(), Duplicates.DUPLICATES).allowed();
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
        one.sends("a", all(0, 0, 10), answered).passes(next.minusMillis(10)).sends("b", TAKEN, 0, 0, 20);
        return figure(one.verdict(), Duplicates.DUPLICATES).allowed();
    }

    private static History ofPoison() {
        return new History(new Workload(1, 1, 20, 15, ALWAYS), Flow.LAMBDA);
    }

    private static int poison(int partition) {
        Workload workload = new Workload(1, 1, 20, 15, ALWAYS);
        List<Integer> poison = IntStream.range(0, 20)
                .filter(number -> workload.kind(new RecordId(partition, number)) == Kind.POISON)
                .boxed()
                .toList();
        assertThat(poison).hasSize(1);
        return poison.get(0);
    }

    private static List<Exchange.Sent> good(int partition) {
        return all(partition, 0, 20).stream()
                .filter(sent -> sent.id().number() != poison(partition))
                .toList();
    }

    private static List<Exchange.Sent> all(int partition, int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(number -> new Exchange.Sent(new RecordId(partition, number), TAKEN))
                .toList();
    }

    /** A request of partition 0 in which one record is refused. */
    private static List<Exchange.Sent> part(int from, int to, int refused) {
        return Stream.concat(
                        all(0, from, to).stream().filter(sent -> sent.id().number() != refused),
                        Stream.of(new Exchange.Sent(new RecordId(0, refused), REFUSED)))
                .toList();
    }

    private void assertHolds() {
        assertThat(history.verdict().broken()).isEmpty();
    }

    private void assertBroken(String name, long value, String detail) {
        assertBroken(history, name, value, detail);
    }

    private static void assertBroken(History history, String name, long value, String detail) {
        assertThat(history.verdict().broken()).singleElement().satisfies(figure -> {
            assertThat(figure.name()).isEqualTo(name);
            assertThat(figure.value()).isEqualTo(value);
            assertThat(figure.detail()).contains(detail);
        });
    }

    private static Figure figure(Verdict verdict, String name) {
        return verdict.figures().stream()
                .filter(figure -> figure.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
