package dev.kafila.batch;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.component.kafka.KafkaConfiguration;
import org.apache.camel.util.concurrent.CamelThreadFactory;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The members of the group that one consumer runs, each with threads of its own. Their number may change while they run. */
final class Members {
    private static final Logger LOG = LoggerFactory.getLogger(Members.class);
    private static final long DEFAULT_MAX_POLL_INTERVAL_MS = 300_000;

    private final KafkaBatchConsumer consumer;
    private final KafkaBatchEndpoint endpoint;
    private final BatchOptions options;
    private final List<Running> running = new ArrayList<>();
    private final List<Running> leaving = new ArrayList<>();

    Members(KafkaBatchConsumer consumer, BatchOptions options) {
        this.consumer = consumer;
        this.endpoint = consumer.getEndpoint();
        this.options = options;
    }

    /** Those that are to run, in the order of their start. */
    synchronized List<Member> all() {
        return running.stream().map(one -> one.member).toList();
    }

    /** Of those that are to run, and of those that still drain. */
    synchronized List<MemberState> states() {
        return Stream.concat(running.stream(), leaving.stream())
                .map(one -> one.member.state())
                .toList();
    }

    /**
     * Starts members, or ends those that were started last, until that many are to run. Returns at once.
     *
     * @throws IllegalArgumentException if an option is not right; none is started then
     */
    synchronized void set(int number) {
        while (running.size() > number) {
            Running last = running.remove(running.size() - 1);
            if (!last.ended) {
                leaving.add(last);
                last.member.stop();
            }
        }
        List<Running> made = new ArrayList<>();
        while (running.size() + made.size() < number) {
            made.add(new Running(freeIndex(made)));
        }
        running.addAll(made);
        made.forEach(Running::start);
    }

    private int freeIndex(List<Running> made) {
        List<Integer> taken = Stream.of(running, leaving, made)
                .flatMap(List::stream)
                .map(one -> one.index)
                .toList();
        return Stream.iterate(0, index -> index + 1)
                .filter(index -> !taken.contains(index))
                .findFirst()
                .orElseThrow();
    }

    /** Waits until those that were ended are gone; returns whether they are. */
    synchronized boolean awaitLeft(Duration longest) throws InterruptedException {
        long deadline = System.nanoTime() + longest.toNanos();
        for (long left = longest.toMillis(); !leaving.isEmpty() && left > 0; ) {
            wait(left);
            left = Duration.ofNanos(deadline - System.nanoTime()).toMillis();
        }
        leaving.forEach(late -> LOG.warn(
                "{} has not ended in {}, its partitions go to other members after the session timeout",
                late.thread,
                longest));
        return leaving.isEmpty();
    }

    private synchronized void ended(Running one) {
        // One that has ended by itself stays where its problem is seen.
        one.ended = true;
        leaving.remove(one);
        notifyAll();
    }

    private static void requireDrainBelowPollInterval(Duration drainTimeout, Properties properties) {
        Object interval = properties.get(ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG);
        long millis = interval == null ? DEFAULT_MAX_POLL_INTERVAL_MS : Long.parseLong(interval.toString());
        if (drainTimeout.toMillis() * 2 >= millis) {
            throw new IllegalArgumentException("drainTimeout=" + drainTimeout.toMillis()
                    + " ms must be below half of max.poll.interval.ms=" + millis
                    + ": a member that drains for longer is put out of the group");
        }
    }

    /** A member and what it runs on. */
    private final class Running {
        private final int index;
        private final DeliveryPool pool;
        private final Member member;
        private final Thread thread;
        private boolean ended;

        Running(int index) {
            this.index = index;
            CamelContext context = endpoint.getCamelContext();
            IntFunction<Properties> properties =
                    partitions -> ClientProperties.of(endpoint, options, index, partitions);
            requireDrainBelowPollInterval(options.drainTimeout(), properties.apply(1));
            pool = pool(context.getExecutorServiceManager().getThreadNamePattern());
            KafkaConfiguration configuration = endpoint.getConfiguration();
            Ledger ledger = Ledger.of(context);
            member = new Member(
                    this::client,
                    properties,
                    options,
                    Topics.of(configuration.getTopic(), configuration.isTopicIsPattern()),
                    (batch, lease, pending, end) -> consumer.deliver(index, batch, lease, pending, end),
                    pool,
                    partition -> ledger.account(consumer.flow(), partition),
                    () -> ledger.calls(consumer.flow()).error(),
                    consumer::stopRoute);
            thread = context.getExecutorServiceManager().newThread(name("KafkaBatchPoll"), this::run);
        }

        /** Threads for {@code maxInFlight} calls; virtual ones on JDK 21 and later if {@code camel.threads.virtual.enabled} is true. */
        private DeliveryPool pool(String namePattern) {
            return new DeliveryPool(
                    options.maxInFlight(), new CamelThreadFactory(namePattern, name("KafkaBatchDelivery"), true));
        }

        private String name(String kind) {
            return kind + "[" + consumer.getRouteId() + "-" + index + "]";
        }

        @SuppressWarnings("unchecked") // The factory's contract is a raw type.
        private Consumer<byte[], byte[]> client(Properties properties) {
            return endpoint.getKafkaClientFactory().getConsumer(properties);
        }

        void start() {
            thread.start();
        }

        private void run() {
            try {
                member.run();
            } finally {
                pool.shutdown();
                ended(this);
            }
        }
    }
}
