package dev.kafila.faults.proof;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Looks at a process every few seconds until it is closed. */
final class VitalsWatch implements AutoCloseable {
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
    private final List<Vitals> samples = new CopyOnWriteArrayList<>();
    private final List<Miss> misses = new CopyOnWriteArrayList<>();

    private record Miss(long at, RuntimeException problem) {}

    void start(long pid, Duration interval) {
        var unused = thread.scheduleWithFixedDelay(() -> look(pid), 0, interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void look(long pid) {
        try {
            samples.add(Vitals.of(pid));
        } catch (RuntimeException e) {
            misses.add(new Miss(System.nanoTime(), e));
        }
    }

    /**
     * What was seen until a moment by which the process still ran; that there is no looking at it later is no problem.
     *
     * @param ended by {@link System#nanoTime()}
     */
    List<Vitals> until(long ended) {
        misses.stream().filter(miss -> miss.at() - ended < 0).findFirst().ifPresent(miss -> {
            throw miss.problem();
        });
        return samples.stream().filter(sample -> sample.at() - ended < 0).toList();
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
