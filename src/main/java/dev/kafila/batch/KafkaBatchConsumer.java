package dev.kafila.batch;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.component.kafka.KafkaConfiguration;
import org.apache.camel.component.kafka.KafkaConstants;
import org.apache.camel.spi.ExecutorServiceManager;
import org.apache.camel.support.DefaultConsumer;
import org.apache.camel.util.concurrent.CamelThreadFactory;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs the members of the group that {@code consumersCount} asks for, and delivers their batches through the route. */
public final class KafkaBatchConsumer extends DefaultConsumer implements PartitionControl {
    private static final Logger LOG = LoggerFactory.getLogger(KafkaBatchConsumer.class);
    private static final long IDLE_THREAD_SECONDS = 60;
    private static final long DEFAULT_MAX_POLL_INTERVAL_MS = 300_000;

    private final BatchOptions options;
    private final List<Member> members = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private final List<ExecutorService> pools = new ArrayList<>();
    private volatile String stopReason;

    KafkaBatchConsumer(KafkaBatchEndpoint endpoint, Processor processor, BatchOptions options) {
        super(endpoint, processor);
        this.options = options;
    }

    @Override
    public KafkaBatchEndpoint getEndpoint() {
        return (KafkaBatchEndpoint) super.getEndpoint();
    }

    @Override
    public Map<TopicPartition, String> stoppedPartitions() {
        Map<TopicPartition, String> stopped = new HashMap<>();
        members.forEach(member -> stopped.putAll(member.stoppedPartitions()));
        return stopped;
    }

    @Override
    public boolean resumePartition(TopicPartition partition) {
        return members.stream().anyMatch(member -> member.resume(partition));
    }

    /** Why nothing is consumed now; empty when all is well. Stopped partitions are not part of it. */
    List<String> problems() {
        List<String> problems = new ArrayList<>();
        if (stopReason != null) {
            problems.add(stopReason);
        }
        members.stream().map(Member::problem).filter(Objects::nonNull).forEach(problems::add);
        return problems;
    }

    /** The name that a user knows this route by; only known once all routes are made. */
    String flow() {
        return RouteNames.flow(getEndpoint().getCamelContext(), getRouteId());
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        stopReason = null;
        KafkaConfiguration configuration = getEndpoint().getConfiguration();
        Topics topics = Topics.of(configuration.getTopic(), configuration.isTopicIsPattern());
        Ledger ledger = Ledger.of(getEndpoint().getCamelContext());
        for (int i = 0; i < configuration.getConsumersCount(); i++) {
            Properties properties = ClientProperties.of(getEndpoint(), options, i);
            requireDrainBelowPollInterval(properties);
            ExecutorService pool = deliveryPool(i);
            int index = i;
            Member member = new Member(
                    () -> client(properties),
                    properties,
                    options,
                    topics,
                    (batch, lease, pending, end) -> deliver(index, batch, lease, pending, end),
                    pool,
                    partition -> ledger.account(flow(), partition),
                    this::stopRoute);
            pools.add(pool);
            members.add(member);
            threads.add(executors().newThread("KafkaBatchPoll[" + getRouteId() + "-" + i + "]", member));
        }
        setHealthCheck(new KafkaBatchHealthCheck(this));
        threads.forEach(Thread::start);
    }

    @SuppressWarnings("unchecked") // The factory's contract is a raw type.
    private org.apache.kafka.clients.consumer.Consumer<byte[], byte[]> client(Properties properties) {
        return getEndpoint().getKafkaClientFactory().getConsumer(properties);
    }

    private ExecutorServiceManager executors() {
        return getEndpoint().getCamelContext().getExecutorServiceManager();
    }

    /**
     * Threads for {@code maxInFlight} calls; virtual ones on JDK 21 and later if {@code camel.threads.virtual.enabled} is true. Not
     * one of Camel's pools: those run calls on the poll thread when their queue is full, or are not bounded when virtual. The queue
     * is bounded by the lanes, of which each has one batch out.
     */
    private ExecutorService deliveryPool(int member) {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                options.maxInFlight(),
                options.maxInFlight(),
                IDLE_THREAD_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                new CamelThreadFactory(
                        executors().getThreadNamePattern(),
                        "KafkaBatchDelivery[" + getRouteId() + "-" + member + "]",
                        true));
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    private void requireDrainBelowPollInterval(Properties properties) {
        Object interval = properties.get(ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG);
        long millis = interval == null ? DEFAULT_MAX_POLL_INTERVAL_MS : Long.parseLong(interval.toString());
        if (options.drainTimeout().toMillis() * 2 >= millis) {
            throw new IllegalArgumentException(
                    "drainTimeout=" + options.drainTimeout().toMillis()
                            + " ms must be below half of max.poll.interval.ms=" + millis
                            + ": a member that drains for longer is put out of the group");
        }
    }

    private void deliver(int member, RecordBatch batch, Lease lease, Object pending, Consumer<Delivery> end) {
        try {
            lease.execute(() -> begin(member, batch, lease, pending, end));
        } catch (RuntimeException e) {
            end.accept(Delivery.failed(e));
        }
    }

    private void begin(int member, RecordBatch batch, Lease lease, Object pending, Consumer<Delivery> end) {
        if (!lease.begin()) {
            end.accept(Delivery.failed(new BatchAbandonedException(batch.coordinates())));
            return;
        }
        try {
            process(member, batch, lease, pending, end);
        } catch (RuntimeException | Error e) {
            // The route's own failures are in the exchange; what is thrown past it must not leave the lane waiting.
            end.accept(Delivery.failed(e));
        }
    }

    private void process(int member, RecordBatch batch, Lease lease, Object pending, Consumer<Delivery> end) {
        Exchange exchange = createExchange(true);
        Message message = exchange.getMessage();
        message.setBody(batch);
        message.setHeader(KafkaConstants.TOPIC, batch.topic());
        message.setHeader(KafkaConstants.PARTITION, batch.partition());
        message.setHeader(BatchConstants.FIRST_OFFSET, batch.firstOffset());
        message.setHeader(BatchConstants.LAST_OFFSET, batch.lastOffset());
        exchange.setProperty(BatchConstants.LEASE, lease);
        exchange.setProperty(BatchConstants.MEMBER, member);
        if (pending != null) {
            exchange.setProperty(BatchConstants.PENDING, pending);
        }
        getAsyncProcessor().process(exchange, doneSync -> end.accept(Delivery.of(exchange, batch)));
    }

    /** Stops the route from a thread of its own: the poll thread has to drain meanwhile. */
    private void stopRoute(String reason) {
        stopReason = reason;
        CamelContext context = getEndpoint().getCamelContext();
        executors()
                .newThread("KafkaBatchStop[" + getRouteId() + "]", () -> {
                    try {
                        context.getRouteController().stopRoute(getRouteId());
                    } catch (Exception e) {
                        LOG.error("Route {} could not be stopped", getRouteId(), e);
                    }
                })
                .start();
    }

    @Override
    protected void doStop() throws Exception {
        members.forEach(Member::stop);
        Duration longest = options.drainTimeout().plusSeconds(10);
        for (Thread thread : threads) {
            thread.join(longest.toMillis());
            if (thread.isAlive()) {
                LOG.warn(
                        "{} has not ended in {}, its partitions go to other members after the session timeout",
                        thread,
                        longest);
            }
        }
        pools.forEach(ExecutorService::shutdown);
        members.clear();
        threads.clear();
        pools.clear();
        super.doStop();
    }
}
