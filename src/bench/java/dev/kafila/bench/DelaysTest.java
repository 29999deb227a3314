package dev.kafila.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class DelaysTest {
    private static final long MILLISECOND = 1_000_000;

    @Test
    void aValueHasTheSizeThatIsWanted() {
        assertThat(Delays.value(System.nanoTime(), 512)).hasSize(512);
    }

    @Test
    void everyRecordOfARequestIsFoundInEachFormThatWritesText() {
        String value = value(7);
        Delays delays = new Delays(0);

        delays.arrived("[{\"key\":null,\"value\":\"" + value + "\"},{\"value\":\"" + value + "\"}]", 9);
        delays.arrived("{\"value\":\"" + value + "\"}", 9);

        assertThat(delays.count()).isEqualTo(3);
    }

    @Test
    void recordsOfTheWarmUpAreLeftOut() {
        Delays delays = new Delays(100);

        delays.arrived(value(99) + value(100), 200);

        assertThat(delays.count()).isEqualTo(1);
    }

    @Test
    void aDelayIsTheTimeFromSendingToArrival() {
        Delays delays = new Delays(0);

        delays.arrived(value(3 * MILLISECOND), 503 * MILLISECOND);

        assertThat(delays.figures().maxMillis()).isCloseTo(500, withinPercentage(0.1));
        assertThat(delays.figures().medianMillis()).isCloseTo(500, withinPercentage(0.1));
    }

    @Test
    void whatArrivesLaterIsNoPartOfFiguresThatWereTaken() {
        Delays delays = new Delays(0);
        for (int record = 0; record < 98; record++) {
            delays.arrived(value(MILLISECOND), 2 * MILLISECOND);
        }
        delays.arrived(value(MILLISECOND) + value(MILLISECOND), 21 * MILLISECOND);

        Delays.Figures figures = delays.figures();
        delays.arrived(value(MILLISECOND), 701 * MILLISECOND);

        assertThat(figures.medianMillis()).isCloseTo(1, withinPercentage(0.1));
        assertThat(figures.highMillis()).isCloseTo(20, withinPercentage(0.1));
        assertThat(figures.maxMillis()).isCloseTo(20, withinPercentage(0.1));
    }

    private static String value(long sent) {
        return new String(Delays.value(sent, 100), StandardCharsets.US_ASCII);
    }
}
