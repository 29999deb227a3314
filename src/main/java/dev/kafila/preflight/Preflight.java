package dev.kafila.preflight;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.WeakHashMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks for everything that the routes of a Camel need, side by side and while the rest starts, and lets no route start before the answers
 * are there. A route is refused for what is known to be wrong, never for an answer that does not come.
 */
public final class Preflight {
    /** Of one check: after that the route starts without its answer. */
    public static final Duration LIMIT = Duration.ofSeconds(10);

    private static final Logger LOG = LoggerFactory.getLogger(Preflight.class);
    private static final Object LOCK = new Object();
    private static final int THREADS = 16;
    private static final int IDLE_SECONDS = 2;

    private final CamelContext context;
    private final Duration limit;
    private final Executor threads = threads();
    /** By what is checked; a reload leaves those behind that are gone. */
    private final Map<Checked, Run> runs = new WeakHashMap<>();

    /** @param limit of one check */
    Preflight(CamelContext context, Duration limit) {
        this.context = context;
        this.limit = limit;
    }

    /** The one of this context; made on the first call. */
    public static Preflight of(CamelContext context) {
        synchronized (LOCK) {
            Preflight preflight = context.getCamelContextExtension().getContextPlugin(Preflight.class);
            if (preflight == null) {
                preflight = new Preflight(context, LIMIT);
                context.getCamelContextExtension().addContextPlugin(Preflight.class, preflight);
            }
            return preflight;
        }
    }

    /** Makes it known, before its route starts; more than once does no harm. */
    public synchronized void enlist(Checked checked) {
        runs.putIfAbsent(checked, null);
    }

    /** Begins to ask for all that is enlisted, and does not wait. */
    public synchronized void begin() {
        runs.replaceAll((checked, run) -> run == null ? new Run(checked) : run);
    }

    /**
     * Waits for the answers, those of all routes while the context starts: who has to put something right is told everything at once.
     *
     * @throws PreflightException if something is wrong
     */
    public void await(Checked checked) {
        Collection<Run> awaited;
        synchronized (this) {
            Run before = runs.get(checked);
            Run own = before == null || before.used ? new Run(checked) : before;
            own.used = true;
            runs.put(checked, own);
            if (!context.isStarted()) {
                begin();
            }
            awaited = context.isStarted() ? List.of(own) : List.copyOf(runs.values());
        }
        throwIfAny(awaited);
    }

    /**
     * Asks for what these routes need and waits, when nothing is going to be started.
     *
     * @throws PreflightException if something is wrong
     */
    public void await(Predicate<String> routes) {
        Collection<Run> awaited;
        synchronized (this) {
            begin();
            awaited =
                    runs.values().stream().filter(run -> routes.test(run.route)).toList();
        }
        throwIfAny(awaited);
    }

    private static void throwIfAny(Collection<Run> runs) {
        List<String> problems = new ArrayList<>();
        for (Run run : runs) {
            run.problems().forEach(problem -> problems.add(run.route.isEmpty() ? problem : run.route + ": " + problem));
        }
        if (!problems.isEmpty()) {
            throw new PreflightException(problems.stream().sorted().distinct().toList());
        }
    }

    /** They end by themselves soon after the last check, and hold up no process that ends. */
    private static Executor threads() {
        ThreadPoolExecutor threads = new ThreadPoolExecutor(
                THREADS, THREADS, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    Thread thread = new Thread(task, "kafila-preflight");
                    thread.setDaemon(true);
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
        return threads;
    }

    /** What was asked for one, and is or will be answered. */
    private final class Run {
        private final String route;
        private final List<CompletableFuture<Optional<String>>> answers = new ArrayList<>();
        /** Whether a start has waited for it: the next one asks again. */
        private boolean used;

        Run(Checked checked) {
            route = checked.route();
            try {
                checked.checks().forEach(check -> answers.add(ask(check)));
            } catch (IllegalArgumentException e) {
                answers.add(CompletableFuture.completedFuture(Optional.of(e.getMessage())));
            }
        }

        private CompletableFuture<Optional<String>> ask(Supplier<Optional<String>> check) {
            return CompletableFuture.supplyAsync(check, threads)
                    .orTimeout(limit.toMillis(), TimeUnit.MILLISECONDS)
                    .exceptionally(this::unanswered);
        }

        private Optional<String> unanswered(Throwable failure) {
            if (failure instanceof TimeoutException) {
                LOG.warn(
                        "Route {} starts unchecked: no answer in {} ms. What is missing shows with the first records",
                        route,
                        limit.toMillis());
            } else {
                LOG.warn("Route {} starts unchecked", route, failure);
            }
            return Optional.empty();
        }

        List<String> problems() {
            return answers.stream()
                    .map(CompletableFuture::join)
                    .flatMap(Optional::stream)
                    .toList();
        }
    }
}
