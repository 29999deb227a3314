package dev.kafila.management;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kafila.batch.Ledger;
import java.util.List;
import org.junit.jupiter.api.Test;

class LedgerReportTest {
    @Test
    void theSumIsWrittenOut() {
        assertThat(LedgerReport.sum(entry(21, 6)))
                .isEqualTo(
                        "21 consumed = 1 delivered + 2 filtered + 3 dropped + 4 dead-lettered + 5 expired + 6 in flight");
    }

    @Test
    void aSumThatIsWrongSaysSo() {
        assertThat(LedgerReport.sum(entry(22, 6))).endsWith("(NOT BALANCED)");
    }

    @Test
    void theTotalAddsUpEveryColumn() {
        assertThat(LedgerReport.sum(LedgerReport.total(List.of(entry(21, 6), entry(15, 0)))))
                .isEqualTo(
                        "36 consumed = 2 delivered + 4 filtered + 6 dropped + 8 dead-lettered + 10 expired + 6 in flight");
    }

    private static Ledger.Entry entry(long consumed, long inFlight) {
        return new Ledger.Entry("flow", "orders", 0, consumed, 1, 2, 3, 4, 5, inFlight);
    }
}
