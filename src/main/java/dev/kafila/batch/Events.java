package dev.kafila.batch;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What other threads have for the poll thread, and the wakeup that gets it there. */
final class Events {
    private static final Logger LOG = LoggerFactory.getLogger(Events.class);

    private final BlockingQueue<Runnable> events = new LinkedBlockingQueue<>();
    private final AtomicBoolean polling = new AtomicBoolean();
    private volatile Consumer<byte[], byte[]> client;

    void attach(Consumer<byte[], byte[]> newClient) {
        client = newClient;
    }

    /** Runs the event on the poll thread, soon. On any thread. */
    void post(Runnable event) {
        events.add(event);
        if (polling.compareAndSet(true, false)) {
            client.wakeup();
        }
    }

    ConsumerRecords<byte[], byte[]> poll(Duration wait) {
        polling.set(true);
        try {
            return client.poll(events.isEmpty() ? wait : Duration.ZERO);
        } catch (WakeupException e) {
            return ConsumerRecords.empty();
        } finally {
            polling.set(false);
        }
    }

    /** From here to the end of the poll nobody wakes the client: a rebalance makes calls that a wakeup would break. */
    void hush() {
        polling.set(false);
    }

    void runAll() {
        for (Runnable event = events.poll(); event != null; event = events.poll()) {
            event.run();
        }
    }

    /** Waits for an event and runs it. */
    void await(Duration longest) {
        try {
            Runnable event = events.poll(Math.max(0, longest.toNanos()), TimeUnit.NANOSECONDS);
            if (event != null) {
                event.run();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while calls were out", e);
        }
    }

    /** Runs a blocking call again until no wakeup that was meant for a poll hits it; after {@link #hush} there are no new ones. */
    static void unwoken(Runnable call) {
        for (boolean done = false; !done; ) {
            try {
                call.run();
                done = true;
            } catch (WakeupException e) {
                LOG.debug("A wakeup of the last poll came late");
            }
        }
    }
}
