package dev.kafila.faults.proof;

import static dev.kafila.faults.proof.Fate.TAKEN;
import static dev.kafila.faults.proof.Fate.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kafila.faults.LedgerLine;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LedgersTest {
    private final History history = History.ofGood(1, 20);

    @Test
    void aRecordTooFewOrTooManyIsADifference() {
        history.sends("a", TAKEN, 0, 0, 12).sends("b", TAKEN, 0, 12, 20).commits(0, 20);
        history.assertHolds();

        history.counts("a", 0, -1, 0);
        history.assertBroken(Ledgers.DELIVERED, 1, "a says 11 of orders-0, the journal 12");
        history.counts("a", 0, 3, 0);
        history.assertBroken(Ledgers.DELIVERED, 2, "a says 14 of orders-0, the journal 12");
    }

    @Test
    void anInstanceThatTellsNothingWithoutBeingKilledIsADifference() {
        history.sends("a", TAKEN, 0, 0, 20).counts("a", 0, -20, 0).commits(0, 20);

        history.assertBroken(Ledgers.DELIVERED, 20, "a says 0 of orders-0, the journal 20");
    }

    @Test
    void anInstanceThatWasKilledTellsNothing() {
        history.sends("a", TAKEN, 0, 0, 20).commits(0, 20).happens(FaultKind.KILL, "a", Duration.ZERO);

        history.assertHolds();
    }

    @Test
    void anInstanceThatDeliveredNothingMayNotSayOtherwise() {
        history.sends("a", TAKEN, 0, 0, 20).counts("b", 0, 1, 0).commits(0, 20);

        history.assertBroken(Ledgers.DELIVERED, 1, "b says 1 of orders-0, the journal 0");
    }

    @Test
    void anAnswerThatDidNotArriveDoesNotCount() {
        history.sends("a", UNKNOWN, 0, 0, 10).sends("a", TAKEN, 0, 0, 20).commits(0, 20);
        history.assertHolds();

        history.counts("a", 0, 10, 0);
        history.assertBroken(Ledgers.DELIVERED, 10, "a says 30 of orders-0, the journal 20");
    }

    @Test
    void whatIsDeliveredAgainMayHaveBeenGivenUpBefore() {
        history.sends("a", TAKEN, 0, 0, 10).happens(FaultKind.FREEZE, "a", History.SESSION);
        history.sends("b", TAKEN, 0, 5, 10).sends("b", TAKEN, 0, 10, 20).commits(0, 20);
        history.counts("a", 0, -5, 0).assertHolds();

        history.counts("a", 0, -1, 0).assertBroken(Ledgers.DELIVERED, 1, "a says 4 of orders-0, the journal 5 to 10");
    }

    @Test
    void whoDeliversLastCounts() {
        history.sends("a", TAKEN, 0, 0, 10).happens(FaultKind.KILL, "a", Duration.ZERO);
        history.sends("b", TAKEN, 0, 0, 10).sends("b", TAKEN, 0, 10, 20).commits(0, 20);
        history.assertHolds();

        history.counts("b", 0, -1, 0).assertBroken(Ledgers.DELIVERED, 1, "b says 19 of orders-0, the journal 20");
    }

    @Test
    void whoWasLostMayComeLastWithWhatItGivesUp() {
        history.sends("a", TAKEN, 0, 0, 5).happens(FaultKind.FREEZE, "a", History.SESSION);
        history.sends("b", TAKEN, 0, 5, 10).sends("a", TAKEN, 0, 5, 10).sends("b", TAKEN, 0, 10, 20);
        history.commits(0, 20).counts("a", 0, -5, 0).assertHolds();

        history.counts("a", 0, -1, 0).assertBroken(Ledgers.DELIVERED, 1, "a says 4 of orders-0, the journal 5 to 10");
    }

    @Test
    void deadLettersThatNobodyCountsAreADifference() {
        History poisoned = History.withPoison(20);
        poisoned.sends("a", poisoned.goodOf(0)).deadLetters("a", 0, poisoned.poisonOf(0));
        poisoned.commits(0, 20).assertHolds();

        poisoned.counts("a", 0, 0, -1).assertBroken(Ledgers.DEAD_LETTERED, 1, "the ledgers say 0, the topic has 1");
        poisoned.counts("a", 0, 0, 2).assertBroken(Ledgers.DEAD_LETTERED, 1, "the ledgers say 2, the topic has 1");
    }

    @Test
    void whoWasKilledTookItsDeadLettersAlong() {
        History poisoned = History.withPoison(20);
        poisoned.sends("a", poisoned.goodOf(0)).deadLetters("a", 0, poisoned.poisonOf(0));
        poisoned.commits(0, 20).happens(FaultKind.KILL, "a", Duration.ZERO);

        poisoned.assertHolds();
    }

    @Test
    void aLineThatDoesNotAddUpIsWrongInItself() {
        assertThat(wrong(20, 20, 0, 0, 0, 0, 0)).isEmpty();
        assertThat(wrong(21, 20, 0, 0, 0, 0, 0)).isEqualTo(Ledgers.LINES);
        assertThat(wrong(21, 20, 0, 0, 0, 0, 1)).as("in flight").isEqualTo(Ledgers.LINES);
        assertThat(wrong(21, 20, 1, 0, 0, 0, 0)).as("filtered").isEqualTo(Ledgers.LINES);
        assertThat(wrong(21, 20, 0, 1, 0, 0, 0)).as("dropped").isEqualTo(Ledgers.LINES);
        assertThat(wrong(21, 20, 0, 0, 0, 1, 0)).as("expired").isEqualTo(Ledgers.LINES);
    }

    /** Name of the figure that such a line breaks; empty: none. */
    private String wrong(
            long consumed, long delivered, long filtered, long dropped, long dead, long expired, long inFlight) {
        History one = History.ofGood(1, 20).sends("a", TAKEN, 0, 0, 20).commits(0, 20);
        LedgerLine line = new LedgerLine(
                "kafka-to-lambda", "orders-0", consumed, delivered, filtered, dropped, dead, expired, inFlight);
        Evidence made = one.evidence();
        Evidence told = new Evidence(
                made.workload(),
                made.began(),
                made.ended(),
                made.limits(),
                made.journal(),
                Map.of(),
                made.offsets(),
                List.of(new Ledger("a", List.of(line))),
                List.of());
        List<Figure> broken = new Checker().check(told).broken();
        assertThat(broken).hasSizeLessThan(2);
        return broken.isEmpty() ? "" : broken.get(0).name();
    }

    @Test
    void linesOfOtherFlowsDoNotCount() {
        assertThat(Flow.LAMBDA.isOf("kafka-to-lambda")).isTrue();
        assertThat(Flow.LAMBDA.isOf("mapping-1")).isFalse();
        assertThat(Flow.MAPPING.isOf("mapping-1")).isTrue();
        assertThat(Flow.EVENTBRIDGE.isOf("kafka-to-lambda")).isFalse();
    }
}
