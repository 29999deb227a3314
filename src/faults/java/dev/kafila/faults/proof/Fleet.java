package dev.kafila.faults.proof;

import dev.kafila.faults.Instance;
import dev.kafila.faults.MappingClient;
import dev.kafila.faults.Pause;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.awaitility.Awaitility;
import software.amazon.awssdk.services.lambda.model.FunctionResponseType;

/** The processes that run all flows at once, each known to AWS by an access key id of its own. */
final class Fleet implements AutoCloseable {
    private static final List<String> JVM = List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");
    /** With a fault of the endpoint meanwhile, on a machine that is busy with the other instances. */
    private static final Duration LONGEST_START = Duration.ofMinutes(3);

    private static final Duration LONGEST_STOP = Duration.ofSeconds(60);
    private static final Duration LONGEST_RESUME = Duration.ofSeconds(20);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(500);
    /** The status of a process that does not answer: it is frozen, or starts. */
    private static final int NOBODY = 0;

    private static final int POLLERS = 4;

    /** So many, plus the first, outlast the storms, which fail a record of a mapping twice at most. */
    private static final int RETRIES = 3;

    private final Plan plan;
    private final Map<String, String> properties;
    private final String brokers;
    private final List<Member> running = new ArrayList<>();
    private final Set<Member> spared = new HashSet<>();
    private final List<Ledger> ledgers = new ArrayList<>();
    private int started;

    Fleet(Plan plan, String brokers, Endpoint endpoint) {
        this.plan = plan;
        this.brokers = brokers;
        properties = FleetSettings.of(brokers, endpoint);
    }

    /** A process that runs, by its access key id. */
    record Member(String name, Instance instance) {}

    /** Starts a process and returns when it consumes. */
    Member start() {
        Member member = launch();
        member.instance().awaitReady(LONGEST_START);
        return member;
    }

    private synchronized Member launch() {
        String name = "proof-" + started++;
        Map<String, String> own = new TreeMap<>(properties);
        own.put("kafila.aws.access-key-id", name);
        Path home = plan.directory().resolve(name);
        RouteFiles.in(home).copy();
        Member member = new Member(name, Instance.start(home, own, JVM, plan.before()));
        running.add(member);
        return member;
    }

    /** Makes the one mapping and returns when it runs. */
    void map(Member member) {
        try (MappingClient client = new MappingClient(member.instance().mappings(), brokers)) {
            String uuid = client.create(mapping -> mapping.functionName(Endpoint.MAPPED_FUNCTION)
                    .topics(Orders.TOPIC)
                    .selfManagedKafkaEventSourceConfig(config -> config.consumerGroupId(Flow.MAPPING.group()))
                    .batchSize(FleetSettings.BATCH)
                    .maximumBatchingWindowInSeconds(0)
                    .maximumRetryAttempts(RETRIES)
                    .functionResponseTypes(FunctionResponseType.REPORT_BATCH_ITEM_FAILURES)
                    .provisionedPollerConfig(
                            pollers -> pollers.minimumPollers(POLLERS).maximumPollers(POLLERS))
                    .destinationConfig(
                            config -> config.onFailure(to -> to.destination("kafka://" + Flow.MAPPING.deadLetters()))));
            Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> client.state(uuid)
                    .equals("Enabled"));
        }
    }

    synchronized List<Member> running() {
        return List.copyOf(running);
    }

    /** No fault is to end or freeze it. */
    synchronized void spare(Member member) {
        spared.add(member);
    }

    /** Those that run and may be ended or frozen. */
    synchronized List<Member> expendable() {
        return running.stream().filter(member -> !spared.contains(member)).toList();
    }

    /** SIGKILL; it leaves no ledger. */
    synchronized void kill(Member member) {
        member.instance().kill();
        running.remove(member);
        ledgers.add(new Ledger(member.name(), List.of()));
    }

    /** SIGTERM; returns when it has ended, with its ledger written down. */
    void stop(Member member) {
        int status = member.instance().terminate().awaitEnd(LONGEST_STOP);
        if (status != 0) {
            throw new IllegalStateException(member.name() + " ended with " + status);
        }
        synchronized (this) {
            running.remove(member);
            ledgers.add(new Ledger(member.name(), member.instance().lastLedger()));
        }
    }

    /** Has every instance go on with the partitions that it has stopped, as an operator would, until none has any. */
    void resume() {
        long deadline = System.nanoTime() + LONGEST_RESUME.toNanos();
        boolean left = true;
        while (left && System.nanoTime() < deadline) {
            Pause.of(LOOK_AGAIN);
            left = false;
            for (Member member : running()) {
                left |= resumed(member);
            }
        }
    }

    /** Whether the instance had stopped partitions, or did not say. */
    private boolean resumed(Member member) {
        if (member.instance().isReady()) {
            return false;
        }
        for (int partition = 0; partition < plan.workload().partitions(); partition++) {
            if (member.instance().resume(Orders.TOPIC + "-" + partition) == NOBODY) {
                break;
            }
        }
        return true;
    }

    synchronized List<Ledger> ledgers() {
        return List.copyOf(ledgers);
    }

    @Override
    public synchronized void close() {
        running.forEach(member -> member.instance().close());
    }
}
