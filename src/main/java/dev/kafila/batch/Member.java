package dev.kafila.batch;

import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.InvalidOffsetException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.errors.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One member of the group: the thread that polls, hands out, pauses, resumes and commits. Nothing else touches its client. */
final class Member implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(Member.class);
    private static final Duration LONGEST_POLL = Duration.ofMillis(500);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

    private final Function<Properties, Consumer<byte[], byte[]>> clients;
    private final IntFunction<Properties> properties;
    private final BatchOptions options;
    private final Topics topics;
    private final Lanes.Deliverer deliverer;
    private final DeliveryPool pool;
    private final Function<TopicPartition, Ledger.Account> accounts;
    private final Runnable errors;
    private final java.util.function.Consumer<String> stopRoute;

    private final Events events = new Events();
    /** The properties for as many partitions as there were when the member connected. */
    private Properties fitting;

    private volatile Session session;
    private volatile boolean stopping;
    private volatile String problem = "not connected yet";
    private volatile Throwable failure;
    private volatile Progress progress;
    private volatile boolean asked;

    Member(
            Function<Properties, Consumer<byte[], byte[]>> clients,
            IntFunction<Properties> properties,
            BatchOptions options,
            Topics topics,
            Lanes.Deliverer deliverer,
            DeliveryPool pool,
            Function<TopicPartition, Ledger.Account> accounts,
            Runnable errors,
            java.util.function.Consumer<String> stopRoute) {
        this.clients = clients;
        this.properties = properties;
        this.fitting = properties.apply(1);
        this.options = options;
        this.topics = topics;
        this.deliverer = deliverer;
        this.pool = pool;
        this.accounts = accounts;
        this.errors = errors;
        this.stopRoute = stopRoute;
    }

    /** Ends the member: calls that are out may finish, what settled is committed, then it leaves the group. Returns at once. */
    void stop() {
        stopping = true;
        events.post(() -> {});
    }

    /** Why the member cannot consume now; null when it can. */
    String problem() {
        Session current = session;
        return problem != null || current == null ? problem : current.problem();
    }

    /** How it is, and how far it was when this was asked before: it looks again, within half a second. */
    MemberState state() {
        Session current = session;
        Progress seen = progress;
        // No event: its wakeup would break off what the client does to join the group.
        asked = true;
        return new MemberState(
                current != null && current.hasJoined(),
                current != null && current.isSilent(),
                current != null && current.isStable() ? null : failure,
                seen == null ? MemberState.UNKNOWN : seen.partitions(),
                seen == null ? 0 : seen.lag(),
                pool.busy(seen == null ? 0 : seen.owned()));
    }

    Map<TopicPartition, String> stoppedPartitions() {
        Session current = session;
        return current == null ? Map.of() : current.stoppedPartitions();
    }

    boolean resume(TopicPartition partition) {
        Session current = session;
        if (current == null || !current.stoppedPartitions().containsKey(partition)) {
            return false;
        }
        events.post(() -> current.resume(partition));
        return true;
    }

    @Override
    public void run() {
        for (int failures = 0; !stopping; ) {
            try {
                if (consume()) {
                    failures = 0;
                }
            } catch (ConfigException | FencedInstanceIdException e) {
                failed(e);
                problem = e.getMessage();
                LOG.error("The consumer of {} cannot run: {}", topics, e.getMessage());
                stopRoute.accept(e.getMessage());
                return;
            } catch (RuntimeException e) {
                failures++;
                failed(e);
                problem = e.toString();
                Duration delay = connectDelay(failures);
                LOG.error("The consumer of {} failed and connects again in {}", topics, delay, e);
                pause(delay);
            } catch (Error e) {
                failed(e);
                problem = "ended by " + e;
                LOG.error("The consumer of {} has ended, restart the route or the process", topics, e);
                return;
            }
        }
    }

    /** Whoever wants what cannot work tried often wants that of brokers, too. */
    private Duration connectDelay(int failures) {
        Duration delay = Failures.delay(failures);
        return delay.compareTo(options.probeInterval()) < 0 ? delay : options.probeInterval();
    }

    /** Consumes with one client until it fails, does not fit or the member stops; returns whether nothing kept it from joining the group. */
    private boolean consume() {
        Consumer<byte[], byte[]> client = clients.apply(fitting);
        events.attach(client);
        Progress opening = new Progress(client, topics);
        Session opened = open(client, opening);
        progress = opening;
        session = opened;
        try {
            if (!fits(client)) {
                return true;
            }
            topics.subscribe(client, opened);
            loop(opened);
            opened.drain();
            return true;
        } catch (RuntimeException e) {
            if (!opened.hasJoined() || e instanceof FencedInstanceIdException) {
                throw e;
            }
            failed(e);
            problem = e.toString();
            LOG.error("The consumer of {} failed and connects again", topics, e);
            pause(Failures.delay(1));
            return true;
        } finally {
            opened.forgetAll();
            session = null;
            client.close(CLOSE_TIMEOUT);
        }
    }

    /** Whether the client fetches what there is room for with as many partitions as there are; if not, the next one will. */
    private boolean fits(Consumer<byte[], byte[]> client) {
        while (!stopping) {
            try {
                Properties used = fitting;
                fitting = properties.apply(topics.count(client, LONGEST_POLL));
                return fitting.equals(used);
            } catch (TimeoutException e) {
                LOG.trace("No broker has told of {} yet", topics, e);
            }
        }
        return true;
    }

    private Session open(Consumer<byte[], byte[]> client, Progress opening) {
        Duration sessionTimeout = Duration.ofMillis(number(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, 45_000));
        long partitionFetchBytes = number(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, 1 << 20);
        return new Session(
                client,
                options,
                new Positions(client, options.startingPosition(), topics, Clock.systemUTC()),
                new Lanes(options, new Failures(options, stopRoute), deliverer, pool, events),
                new BufferBound(client, options, partitionFetchBytes),
                new Ownership(client, sessionTimeout),
                opening,
                accounts,
                events);
    }

    private long number(String property, long otherwise) {
        Object value = fitting.get(property);
        return value == null ? otherwise : Long.parseLong(value.toString());
    }

    private void loop(Session current) {
        problem = null;
        while (!stopping) {
            events.runAll();
            if (asked && current.hasJoined()) {
                asked = false;
                current.look();
            }
            Duration wait = current.advance();
            try {
                current.add(events.poll(wait.compareTo(LONGEST_POLL) < 0 ? wait : LONGEST_POLL));
            } catch (InvalidOffsetException e) {
                current.outOfRange(e.partitions());
            }
        }
    }

    private void failed(Throwable e) {
        failure = e;
        errors.run();
    }

    private void pause(Duration delay) {
        long until = System.nanoTime() + delay.toNanos();
        while (!stopping && System.nanoTime() - until < 0) {
            LockSupport.parkNanos(Math.min(until - System.nanoTime(), 100_000_000L));
        }
    }
}
