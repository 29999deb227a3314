package dev.kafila.mapping.store;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does a piece of work again and again, with a thread of its own that no failure of it ends. */
final class Loop implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Loop.class);
    private static final Duration PAUSE = Duration.ofMillis(250);
    private static final Duration LONGEST_END = Duration.ofSeconds(20);

    private final Work work;
    private final Thread thread;
    private final CountDownLatch closing = new CountDownLatch(1);
    private String problem;

    /** What one thread does, and nothing else uses. */
    interface Work extends AutoCloseable {
        void step();

        @Override
        void close();
    }

    Loop(String name, Work work) {
        this.work = work;
        thread = new Thread(this::run, name);
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    private void run() {
        try {
            do {
                step();
            } while (!closing.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS));
            work.close();
        } catch (InterruptedException e) {
            // Nobody interrupts this thread but to end it at once.
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.warn("{} has not ended in order: {}", thread.getName(), e.getMessage());
        }
    }

    private void step() {
        try {
            work.step();
            problem = null;
        } catch (RuntimeException e) {
            if (!Objects.equals(problem, e.getMessage())) {
                LOG.warn("{} failed and tries again, what runs goes on: {}", thread.getName(), e.getMessage());
            }
            LOG.debug("{} failed", thread.getName(), e);
            problem = e.getMessage();
        }
    }

    /** Lets the work end, and does not wait for that. */
    void end() {
        closing.countDown();
    }

    /** Ends the work, and waits for that. */
    @Override
    public void close() {
        end();
        try {
            thread.join(LONGEST_END.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (thread.isAlive()) {
            LOG.warn("{} has not ended in {}", thread.getName(), LONGEST_END);
        }
    }
}
