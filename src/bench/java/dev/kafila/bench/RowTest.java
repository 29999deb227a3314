package dev.kafila.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class RowTest {
    private static final Setup SETUP = Setup.of(Flow.ESM, Backlog.of(8, 512, false), 0);

    @Test
    void aDrainIsComparedWithWhatItIsMadeOf() {
        Row row = SampleRows.of(SETUP, 4_000);

        assertThat(row.ofSdk()).isCloseTo(0.25, within(1e-9));
        assertThat(row.ofConsumer()).isCloseTo(0.0025, within(1e-9));
    }

    @Test
    void theRoundInTheMiddleStandsForAll() {
        Row middle = SampleRows.of(SETUP, 4_000);

        assertThat(Row.median(List.of(SampleRows.of(SETUP, 2_000), SampleRows.of(SETUP, 8_000), middle)))
                .isEqualTo(middle);
    }

    @Test
    void theStartIsNotCountedWithTheDrain() {
        DrainFigures drain = SampleRows.of(SETUP, 4_000).drain();

        assertThat(drain.cpuSecondsPerMillion()).isCloseTo(5, within(1e-9));
        assertThat(drain.secondsToFirstDelivery()).isCloseTo(2, within(1e-9));
        assertThat(drain.recordsOfRequest()).isEqualTo(105);
    }
}
