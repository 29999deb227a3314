package dev.kafila.bench;

import dev.kafila.faults.Instance;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;

/** A process of the packaged jar, from its start until it has delivered a backlog or its time is over. */
final class Drain {
    private static final Backlog FEW = new Backlog(2, Plan.BYTES, 2_000);
    private static final Duration LONGEST_START = Duration.ofSeconds(40);
    private static final Duration LONGEST_CHECKED = Duration.ofMinutes(2);
    private static final Duration LONGEST_STOP = Duration.ofMinutes(1);
    /** What is left tells how fast a warm process is. */
    private static final double MOST_TO_WARM_UP = 0.7;

    private static final long POLL_NANOS = Duration.ofMillis(100).toNanos();

    private final Path directory;
    private final BrokerProcess broker;
    private final EndpointProcess endpoint;
    private final List<String> jvmOptions;
    private final Duration warmUp;
    private final Duration longest;
    private final Map<Flow, Path> archives = new EnumMap<>(Flow.class);

    /**
     * Runs processes in a directory.
     *
     * @param jvmOptions of each process, besides its heap and its archive
     * @param warmUp     how long a process carries until it is looked at for what it does once it is warm, but not longer than
     *                   for 70 % of its backlog
     * @param longest    of one drain, after that; one whose records are looked at may take two minutes
     */
    Drain(
            Path directory,
            BrokerProcess broker,
            EndpointProcess endpoint,
            List<String> jvmOptions,
            Duration warmUp,
            Duration longest) {
        this.directory = directory;
        this.broker = broker;
        this.endpoint = endpoint;
        this.jvmOptions = jvmOptions;
        this.warmUp = warmUp;
        this.longest = longest;
    }

    /** Delivers the backlog, which is filled first if need be, by a process that starts from an archive of its classes. */
    DrainFigures run(Setup setup) {
        if (!archives.containsKey(setup.flow())) {
            archives.put(setup.flow(), archive(setup.flow()));
        }
        List<String> options = new ArrayList<>(List.of("-XX:SharedArchiveFile=" + archives.get(setup.flow())));
        options.addAll(setup.heap());
        options.addAll(jvmOptions);
        return run(setup, options);
    }

    /** Made as the README says: by a process that carries a few records and is stopped. */
    private Path archive(Flow flow) {
        Path file = directory.resolve(flow + ".jsa").toAbsolutePath();
        run(Setup.of(flow, FEW, 0), List.of("-XX:ArchiveClassesAtExit=" + file));
        return file;
    }

    private DrainFigures run(Setup setup, List<String> options) {
        broker.fill(setup.backlog());
        endpoint.begin(setup.latencyMs(), setup.backlog().records(), setup.check());
        String group = "bench-" + UUID.randomUUID();
        long startedMs = System.currentTimeMillis();
        try (Instance instance = Instance.start(directory.resolve(group), properties(setup, group), options)) {
            Look first = await(instance, 1, LONGEST_START);
            if (first.arrivals().records() == 0) {
                throw new IllegalStateException("Nothing is delivered: " + setup + ", see " + instance.directory());
            }
            long all = setup.backlog().records();
            Look warm = await(instance, Math.round(all * MOST_TO_WARM_UP), warmUp);
            Look last = await(instance, all, setup.check() ? LONGEST_CHECKED : longest);
            instance.terminate().awaitEnd(LONGEST_STOP);
            return new DrainFigures(setup, startedMs, first, warm, last, endpoint.stats());
        }
    }

    /** What had arrived when so many records had, or the time was over. */
    private Look await(Instance instance, long records, Duration atMost) {
        long end = System.nanoTime() + atMost.toNanos();
        ArrivalStats stats = endpoint.stats();
        while (stats.records() < records && System.nanoTime() < end) {
            instance.requireAlive();
            LockSupport.parkNanos(POLL_NANOS);
            stats = endpoint.stats();
        }
        return new Look(stats, instance.usage());
    }

    private Map<String, String> properties(Setup setup, String group) {
        Map<String, String> properties = new TreeMap<>(setup.settings(group));
        properties.putAll(Map.of(
                "kafila.kafka.brokers", broker.address(),
                "kafila.aws.endpoint", endpoint.address().toString(),
                "kafila.aws.region", "eu-central-1",
                "kafila.aws.access-key-id", "bench",
                "kafila.aws.secret-access-key", "bench"));
        return properties;
    }
}
