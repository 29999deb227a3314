package dev.kafila.bench;

import static org.assertj.core.api.Assertions.assertThat;

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
        String value = value(System.nanoTime());
        Delays delays = new Delays(0);

        delays.arrived("[{\"key\":null,\"value\":\"" + value + "\"},{\"value\":\"" + value + "\"}]");
        delays.arrived("{\"value\":\"" + value + "\"}");

        assertThat(delays.count()).isEqualTo(3);
    }

    @Test
    void recordsOfTheWarmUpAreLeftOut() {
        long now = System.nanoTime();
        Delays delays = new Delays(now);

        delays.arrived(value(now - 1) + value(now));

        assertThat(delays.count()).isEqualTo(1);
    }

    @Test
    void aDelayIsTheTimeFromSendingToArrival() {
        Delays delays = new Delays(0);

        delays.arrived(value(System.nanoTime() - 500 * MILLISECOND));

        assertThat(delays.maxMillis()).isGreaterThanOrEqualTo(500);
        assertThat(delays.percentileMillis(50)).isGreaterThanOrEqualTo(500);
    }

    private static String value(long sent) {
        return new String(Delays.value(sent, 100), StandardCharsets.US_ASCII);
    }
}
