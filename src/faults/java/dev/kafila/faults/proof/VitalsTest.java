package dev.kafila.faults.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class VitalsTest {
    private static final int MEBIBYTE = 1 << 20;

    private byte[] held;

    @Test
    void whatIsHeldCountsAndGarbageDoesNot() {
        held = new byte[64 * MEBIBYTE];
        long with = heap();
        assertThat(held).hasSize(64 * MEBIBYTE);
        held = null;

        assertThat(with - heap()).isBetween(56L * MEBIBYTE, 72L * MEBIBYTE);
    }

    @Test
    void threadsCount() throws InterruptedException {
        CountDownLatch end = new CountDownLatch(1);
        long before = vitals().threads();
        Thread[] thirty = new Thread[30];
        for (int i = 0; i < thirty.length; i++) {
            thirty[i] = new Thread(() -> await(end));
            thirty[i].start();
        }
        long with = vitals().threads();
        end.countDown();
        for (Thread thread : thirty) {
            thread.join();
        }

        assertThat(with - before).isBetween(20L, 40L);
    }

    @Test
    void aProcessThatIsGoneIsNotOneThatHoldsNothing() {
        assertThatThrownBy(() -> Vitals.of(Integer.MAX_VALUE))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("does not answer");
    }

    private static long heap() {
        return vitals().heap();
    }

    private static Vitals vitals() {
        return Vitals.of(ProcessHandle.current().pid());
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
