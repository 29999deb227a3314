package dev.kafila.faults.proof;

import static dev.kafila.faults.proof.Fate.REFUSED;
import static dev.kafila.faults.proof.Fate.TAKEN;
import static dev.kafila.faults.proof.Fate.UNKNOWN;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class CommitsTest {
    private final History history = History.ofGood(2, 20);

    @Test
    void anOffsetBelowAnEarlierOneGoesBackwards() {
        deliverAll();
        history.commits(0, 10).commits(1, 20).commits(0, 9).commits(0, 20);

        history.assertBroken(Commits.BACKWARDS, 1, "orders-0 from 10 to 9");
    }

    @Test
    void anOffsetThatStaysBelowGoesBackwardsInEverySample() {
        deliverAll();
        history.commits(0, 10).commits(0, 9).commits(1, 19).commits(0, 20).commits(1, 20);

        history.assertBroken(Commits.BACKWARDS, 2, "orders-0 from 10 to 9");
    }

    @Test
    void anOffsetPastARecordThatComesLaterIsEarly() {
        history.sends("a", TAKEN, 0, 0, 10).commits(0, 11).sends("a", TAKEN, 0, 10, 20);
        history.sends("a", TAKEN, 1, 0, 20).commits(0, 20).commits(1, 20);

        history.assertBroken(Commits.EARLY, 1, "orders-0@10 when 11 was committed");
    }

    @Test
    void anOffsetPastACallThatIsStillOutIsEarly() {
        history.sends("a", History.taken(0, 0, 20), Duration.ofMillis(50)).commits(0, 20);
        history.sends("a", TAKEN, 1, 0, 20).commits(1, 20).passes(Duration.ofMillis(20));

        history.assertBroken(Commits.EARLY, 2, "orders-0@0 when 20 was committed");
    }

    @Test
    void aRefusedOrUnansweredCallIsNoEnd() {
        history.sends("a", REFUSED, 0, 0, 10).sends("a", UNKNOWN, 0, 0, 10).commits(0, 10);
        history.sends("a", TAKEN, 0, 0, 10).sends("a", TAKEN, 0, 10, 20);
        history.sends("a", TAKEN, 1, 0, 20).commits(0, 20).commits(1, 20);

        history.assertBroken(Commits.EARLY, 1, "orders-0@0 when 10 was committed");
    }

    @Test
    void aSecondDeliveryDoesNotMakeTheFirstOneEarly() {
        history.sends("a", TAKEN, 0, 0, 20).commits(0, 20).happens(FaultKind.FREEZE, "a", History.SESSION);
        history.sends("b", TAKEN, 0, 10, 20).sends("a", TAKEN, 1, 0, 20).commits(1, 20);

        history.assertHolds();
    }

    private void deliverAll() {
        history.sends("a", TAKEN, 0, 0, 20).sends("a", TAKEN, 1, 0, 20);
    }
}
