package dev.kafila.faults.proof;

import static dev.kafila.faults.proof.Fate.REFUSED;
import static dev.kafila.faults.proof.Fate.TAKEN;
import static dev.kafila.faults.proof.Fate.UNKNOWN;

import org.junit.jupiter.api.Test;

class LossesTest {
    private final History history = History.ofGood(1, 20);

    @Test
    void whatIsDeliveredAndCommittedHolds() {
        history.sends("a", TAKEN, 0, 0, 10)
                .commits(0, 10)
                .sends("a", TAKEN, 0, 10, 20)
                .commits(0, 20);

        history.assertHolds();
    }

    @Test
    void aRecordThatTheGroupPassedWithoutADeliveryIsLost() {
        history.sends("a", TAKEN, 0, 0, 10)
                .sends("a", REFUSED, 0, 10, 11)
                .sends("a", TAKEN, 0, 11, 20)
                .commits(0, 20);

        history.assertBroken(Losses.LOST, 1, "orders-0@10");
    }

    @Test
    void aRecordThatWasSentWithoutAnAnswerAndNeverAgainIsLost() {
        history.sends("a", TAKEN, 0, 0, 10)
                .sends("a", UNKNOWN, 0, 10, 20)
                .sends("a", TAKEN, 0, 11, 20)
                .commits(0, 20);

        history.assertBroken(Losses.LOST, 1, "orders-0@10");
    }

    @Test
    void aRecordThatTheGroupHasNotPassedIsUnsettled() {
        history.sends("a", TAKEN, 0, 0, 10).commits(0, 10);

        history.assertBroken(Losses.UNSETTLED, 10, "orders-0 is committed to 10 of 20");
    }

    @Test
    void aCommitBeyondTheEndIsUnsettled() {
        history.sends("a", TAKEN, 0, 0, 20).commits(0, 21);

        history.assertBroken(Losses.UNSETTLED, 1, "orders-0 is committed to 21 of 20");
    }

    @Test
    void aGroupThatNeverCommittedIsUnsettled() {
        history.sends("a", TAKEN, 0, 0, 20);

        history.assertBroken(Losses.UNSETTLED, 20, "orders-0 is committed to 0 of 20");
    }

    @Test
    void poisonThatIsNotDeadLetteredIsMissing() {
        History poisoned = History.withPoison(20);
        int poison = poisoned.poisonOf(0);
        poisoned.sends("a", poisoned.goodOf(0)).commits(0, 20);

        poisoned.assertBroken(Losses.MISSING_DEAD_LETTERS, 1, "orders-0@" + poison);
        poisoned.deadLetters("a", 0, poison);
        poisoned.assertHolds();
    }

    @Test
    void aGoodRecordThatIsDeadLetteredIsNotLostButSurplus() {
        history.sends("a", TAKEN, 0, 0, 19).deadLetters("a", 0, 19).commits(0, 20);

        history.assertBroken(Losses.SURPLUS_DEAD_LETTERS, 1, "orders-0@19");
    }

    @Test
    void aGoodRecordThatIsDeliveredAndDeadLetteredIsSurplus() {
        history.sends("a", TAKEN, 0, 0, 20).deadLetters("a", 0, 3).commits(0, 20);

        history.assertBroken(Losses.SURPLUS_DEAD_LETTERS, 1, "orders-0@3");
    }
}
