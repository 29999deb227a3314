package dev.kafila.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 30, unit = TimeUnit.SECONDS)
class DeliveryPoolTest {
    private static final Offset<Double> EXACT = within(1e-9);

    private final AtomicLong clock = new AtomicLong();
    private final DeliveryPool pool = new DeliveryPool(2, Thread::new, clock::get);

    @AfterEach
    void close() {
        pool.shutdownNow();
    }

    @Test
    void itIsBusyWhileAllCallsAreOutThatMayBe() throws InterruptedException {
        Call one = new Call();
        pass(10);
        Call two = new Call();
        pass(30);
        one.end();
        two.end();
        pass(60);

        assertThat(pool.busy(8)).isEqualTo(0.3, EXACT);
        pass(5);
        assertThat(pool.busy(8)).isZero();
    }

    @Test
    void aPartitionHasOneCallOutAtMost() throws InterruptedException {
        assertThat(pool.busy(1)).isZero();
        Call only = new Call();
        pass(50);
        only.end();
        pass(50);

        assertThat(pool.busy(1)).isEqualTo(0.5, EXACT);
    }

    @Test
    void whoHasNoPartitionIsNotBusy() {
        assertThat(pool.busy(0)).isZero();
        pass(10);

        assertThat(pool.busy(0)).isZero();
    }

    private void pass(int millis) {
        clock.addAndGet(Duration.ofMillis(millis).toNanos());
    }

    /** A call that is out until it is ended. */
    private final class Call {
        private final CountDownLatch mayEnd = new CountDownLatch(1);

        Call() throws InterruptedException {
            CountDownLatch begun = new CountDownLatch(1);
            pool.execute(() -> {
                begun.countDown();
                awaitEnd();
            });
            begun.await();
        }

        private void awaitEnd() {
            try {
                mayEnd.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        void end() {
            long before = pool.getCompletedTaskCount();
            mayEnd.countDown();
            ConsumerFixture.await(() -> pool.getCompletedTaskCount() > before);
        }
    }
}
