package dev.kafila.mapping.poll;

import dev.kafila.mapping.Mapping;
import dev.kafila.mapping.Observation;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps one mapping as it is to be here, on a thread of its own: one that drains, or cannot start, holds up no other. */
final class Poller {
    private static final Logger LOG = LoggerFactory.getLogger(Poller.class);
    private static final int IDLE_SECONDS = 5;

    private final String uuid;
    private final RouteMaker maker;
    private final Duration probeInterval;
    private final Results results = new Results();
    private final ThreadPoolExecutor thread;

    /** Null: it is to end. */
    private volatile Target target;

    /** Null while there is none. */
    private volatile MappingRoute route;

    /** Why there is no route; null: there is, or nobody has tried yet. */
    private volatile Refusal refused;

    private record Target(Mapping mapping, int pollers) {
        boolean isSame(Target other) {
            return other != null && other.mapping.version() == mapping.version() && other.pollers == pollers;
        }
    }

    private record Refusal(Problem problem, long nanos) {}

    Poller(String uuid, RouteMaker maker, Duration probeInterval) {
        this.uuid = uuid;
        this.maker = maker;
        this.probeInterval = probeInterval;
        thread = new ThreadPoolExecutor(
                1,
                1,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                work -> new Thread(work, "kafila-mapping-" + uuid));
        thread.allowCoreThreadTimeOut(true);
    }

    /** Makes it so that this many pollers run this mapping; returns at once. */
    void run(Mapping mapping, int pollers) {
        Target wanted = new Target(mapping, pollers);
        if (!wanted.isSame(target) || mayTryAgain()) {
            target = wanted;
            thread.execute(this::reconcile);
        }
    }

    /** Lets it end; returns at once. */
    void end() {
        if (target != null || mayTryAgain()) {
            target = null;
            thread.execute(this::reconcile);
        }
    }

    private boolean mayTryAgain() {
        Refusal before = refused;
        return before != null && System.nanoTime() - before.nanos() > probeInterval.toNanos();
    }

    /** Whether nothing of it is left. */
    boolean hasEnded() {
        return target == null && route == null && thread.getQueue().isEmpty() && thread.getActiveCount() == 0;
    }

    /** Once it has ended. */
    void close() {
        thread.shutdown();
    }

    /** Waits until what was asked for is done. */
    boolean awaitEnd(long millis) throws InterruptedException {
        thread.shutdown();
        return thread.awaitTermination(millis, TimeUnit.MILLISECONDS);
    }

    private void reconcile() {
        Target wanted = target;
        try {
            MappingRoute running = route;
            if (running != null
                    && (wanted == null
                            || running.mapping().version() != wanted.mapping().version())) {
                running.drain();
                maker.remove(running);
                route = null;
                running = null;
            }
            if (wanted == null) {
                refused = null;
            } else if (running == null) {
                route = maker.start(wanted.mapping(), wanted.pollers(), results);
                refused = null;
                LOG.info(
                        "Mapping {} runs here, version {}, pollers {}",
                        uuid,
                        wanted.mapping().version(),
                        wanted.pollers());
            } else {
                running.resize(wanted.pollers());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            refuse(e);
        }
    }

    private void refuse(Exception failure) {
        Problem problem = SourceProblems.of(failure);
        if (failure instanceof SourceException) {
            LOG.error("Mapping {} cannot run: {}", uuid, problem.result());
        } else {
            LOG.error("Mapping {} cannot run", uuid, failure);
        }
        refused = new Refusal(problem, System.nanoTime());
    }

    /** Empty once it has ended. */
    Optional<Observation> observe() {
        MappingRoute running = route;
        Target wanted = target;
        Refusal refusal = refused;
        if (running == null && wanted == null) {
            return Optional.empty();
        }
        Mapping mapping = running == null ? wanted.mapping() : running.mapping();
        return Optional.of(Sight.of(
                uuid,
                mapping.version(),
                running == null ? List.of() : running.members(),
                results,
                refusal == null ? null : refusal.problem()));
    }
}
