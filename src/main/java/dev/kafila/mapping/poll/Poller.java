package dev.kafila.mapping.poll;

import dev.kafila.mapping.Mapping;
import dev.kafila.mapping.Observation;
import dev.kafila.mapping.SchemaRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
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
    private volatile Problem refused;

    private volatile long looked = System.nanoTime();

    private record Target(Mapping mapping, int pollers) {
        boolean isSame(Target other) {
            return other != null && other.mapping.version() == mapping.version() && other.pollers == pollers;
        }
    }

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
        if (!wanted.isSame(target) || mayTryAgain() || mayHaveOtherSecrets(mapping)) {
            looked = System.nanoTime();
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
        return refused != null && isDue();
    }

    /** Those of a cluster are read by every client; those of a registry when the route is made. */
    private boolean mayHaveOtherSecrets(Mapping mapping) {
        return isDue()
                && SchemaRegistry.of(mapping.configuration())
                        .filter(registry -> !registry.accessConfigs().isEmpty())
                        .isPresent();
    }

    private boolean isDue() {
        return System.nanoTime() - looked > probeInterval.toNanos();
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
        looked = System.nanoTime();
        try {
            if (wanted == null) {
                stop();
            } else {
                start(wanted.mapping(), wanted.pollers());
            }
            refused = null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            refuse(e);
        }
    }

    private void start(Mapping mapping, int pollers) throws Exception {
        MappingRoute running = route;
        if (running != null && !running.adopts(mapping)) {
            // Whatever keeps the new version from running, the old one is no longer wanted.
            stop();
            running = null;
        }
        if (running != null) {
            running.resize(pollers);
            if (!hasOtherSecrets(running)) {
                return;
            }
        }
        Map<String, Object> delivery = maker.delivery(mapping);
        stop();
        route = maker.start(mapping, pollers, delivery, results);
        LOG.info("Mapping {} runs here, version {}, pollers {}", uuid, mapping.version(), pollers);
    }

    /** If they cannot be read now, it goes on with those that it has. */
    private boolean hasOtherSecrets(MappingRoute running) {
        try {
            return !running.isMadeOf(maker.delivery(running.mapping()));
        } catch (SourceException e) {
            LOG.warn("Mapping {} goes on as it is: {}", uuid, e.getMessage());
            return false;
        }
    }

    private void stop() throws Exception {
        MappingRoute running = route;
        if (running != null) {
            running.drain();
            maker.remove(running);
            route = null;
        }
    }

    private void refuse(Exception failure) {
        Problem problem = SourceProblems.of(failure);
        if (failure instanceof SourceException) {
            LOG.error("Mapping {} cannot run: {}", uuid, problem.result());
        } else {
            LOG.error("Mapping {} cannot run", uuid, failure);
        }
        refused = problem;
    }

    /** Empty once it has ended. */
    Optional<Observation> observe() {
        MappingRoute running = route;
        Target wanted = target;
        if (running == null && wanted == null) {
            return Optional.empty();
        }
        Mapping mapping = running == null ? wanted.mapping() : running.mapping();
        return Optional.of(
                Sight.of(uuid, mapping.version(), running == null ? List.of() : running.members(), results, refused));
    }
}
