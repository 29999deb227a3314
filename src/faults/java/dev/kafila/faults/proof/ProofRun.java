package dev.kafila.faults.proof;

import dev.kafila.faults.Instance;
import dev.kafila.faults.proof.Fleet.Member;
import dev.kafila.sandbox.SandboxBroker;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/** Runs all flows under a workload and its faults, and collects what they leave behind. */
final class ProofRun implements AutoCloseable {
    private static final long LOOK_NANOS = Duration.ofMillis(100).toNanos();

    /** What the clocks of the workload say is not to delete anything. */
    private static final Map<String, String> KEPT = Map.of("retention.ms", "-1");

    private final Plan plan;
    private final Journal journal = new Journal();
    private final SandboxBroker broker = SandboxBroker.startProcess();
    private final Endpoint endpoint;
    private final Orders orders;
    private final OffsetWatch watch;
    private final Fleet fleet;
    private final ExecutorService threads = Executors.newCachedThreadPool();

    private ProofRun(Plan plan) {
        this.plan = plan;
        endpoint = new Endpoint(plan.workload(), journal);
        orders = new Orders(broker.bootstrapServers(), plan.workload(), plan.rate());
        watch = new OffsetWatch(broker, plan.workload());
        fleet = new Fleet(plan, broker.bootstrapServers(), endpoint);
    }

    /** Returns when the groups have committed everything, or patience is over, and the processes have ended. */
    static Evidence run(Plan plan) {
        try (ProofRun run = new ProofRun(plan)) {
            return run.run(first -> {});
        }
    }

    /**
     * The same, and somebody watches the first instance, which no fault ends or freezes.
     *
     * @param observer told when all instances run, and before the first record
     */
    static Evidence run(Plan plan, Consumer<Instance> observer) {
        try (ProofRun run = new ProofRun(plan)) {
            return run.run(first -> {
                run.fleet.spare(first);
                observer.accept(first.instance());
            });
        }
    }

    private Evidence run(Consumer<Member> started) {
        broker.createTopic(Orders.TOPIC, plan.workload().partitions(), KEPT);
        for (Flow flow : Flow.values()) {
            broker.createTopic(flow.deadLetters(), 1, KEPT);
        }
        started.accept(startFleet());
        Future<?> watching = threads.submit(watch);
        Timetable timetable = new Timetable(plan, new Faults(plan, fleet, broker, endpoint, orders));
        long began = System.nanoTime();
        Future<?> writing = threads.submit(orders::write);
        List<Future<List<Happened>>> lanes = timetable.start(threads, began);
        List<Happened> faults = new ArrayList<>();
        lanes.forEach(lane -> faults.addAll(result(lane)));
        result(writing);
        awaitCommits(watching);
        long ended = System.nanoTime();
        fleet.running().forEach(fleet::stop);
        watching.cancel(true);
        watch.look();
        return evidence(began, ended, faults);
    }

    /** Returns the first one. */
    private Member startFleet() {
        List<Member> members = new ArrayList<>();
        for (int count = 0; count < plan.instances(); count++) {
            members.add(fleet.start());
        }
        fleet.map(members.get(0));
        return members.get(0);
    }

    /** If it takes too long what there is tells why. */
    private void awaitCommits(Future<?> watching) {
        long deadline = System.nanoTime() + plan.patience().toNanos();
        while (!watch.isDone() && System.nanoTime() < deadline && !watching.isDone()) {
            LockSupport.parkNanos(LOOK_NANOS);
        }
        if (watching.isDone()) {
            result(watching);
        }
    }

    private Evidence evidence(long began, long ended, List<Happened> faults) {
        Map<Flow, List<RecordId>> deadLetters = new EnumMap<>(Flow.class);
        for (Flow flow : Flow.values()) {
            deadLetters.put(flow, deadLetters(flow));
        }
        return new Evidence(
                plan.workload(),
                began,
                ended,
                FleetSettings.limits(),
                journal,
                deadLetters,
                watch.samples(),
                fleet.ledgers(),
                faults);
    }

    private List<RecordId> deadLetters(Flow flow) {
        return broker.records(flow.deadLetters()).stream()
                .map(letter -> RecordId.of(new String(letter.key(), StandardCharsets.UTF_8)))
                .toList();
    }

    private static <T> T result(Future<T> future) {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("The run broke off", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while the run goes on", e);
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
        fleet.close();
        orders.close();
        endpoint.close();
        broker.close();
    }
}
