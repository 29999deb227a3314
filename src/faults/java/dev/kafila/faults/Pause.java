package dev.kafila.faults;

import java.time.Duration;
import org.awaitility.Awaitility;

/** How long a fault lasts; never a wait for something to happen. */
final class Pause {
    private Pause() {}

    static void of(Duration duration) {
        Awaitility.await().pollDelay(duration).atMost(duration.plusSeconds(5)).until(() -> true);
    }
}
