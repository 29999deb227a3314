package dev.kafila.faults.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class VitalsWatchTest {
    private static final long GONE = Integer.MAX_VALUE;

    private final VitalsWatch watch = new VitalsWatch();

    @AfterEach
    void close() {
        watch.close();
    }

    @Test
    void aProcessIsLookedAtAgainAndAgain() {
        watch.start(ProcessHandle.current().pid(), Duration.ofMillis(10));

        Awaitility.await().until(() -> watch.until(System.nanoTime()).size() >= 2);
        assertThat(watch.until(System.nanoTime() - Duration.ofMinutes(5).toNanos()))
                .isEmpty();
    }

    @Test
    void aProcessThatIsGoneBeforeItShouldIsAProblem() {
        long started = System.nanoTime();
        watch.start(GONE, Duration.ofMillis(10));

        Awaitility.await().untilAsserted(() -> assertThatThrownBy(() -> watch.until(System.nanoTime()))
                .hasMessageContaining("does not answer"));
        assertThat(watch.until(started)).isEmpty();
    }
}
