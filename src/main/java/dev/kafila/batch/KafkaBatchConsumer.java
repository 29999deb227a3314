package dev.kafila.batch;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.component.kafka.KafkaConstants;
import org.apache.camel.spi.ExecutorServiceManager;
import org.apache.camel.support.DefaultConsumer;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs as many members of the group as it is told, at first {@code consumersCount}, and delivers their batches through the route. */
public final class KafkaBatchConsumer extends DefaultConsumer implements PartitionControl, MemberControl {
    private static final Logger LOG = LoggerFactory.getLogger(KafkaBatchConsumer.class);

    private final BatchOptions options;
    private final Members members;
    private volatile String stopReason;

    KafkaBatchConsumer(KafkaBatchEndpoint endpoint, Processor processor, BatchOptions options) {
        super(endpoint, processor);
        this.options = options;
        members = new Members(this, options);
    }

    @Override
    public KafkaBatchEndpoint getEndpoint() {
        return (KafkaBatchEndpoint) super.getEndpoint();
    }

    @Override
    public Map<TopicPartition, String> stoppedPartitions() {
        Map<TopicPartition, String> stopped = new HashMap<>();
        members.all().forEach(member -> stopped.putAll(member.stoppedPartitions()));
        return stopped;
    }

    @Override
    public boolean resumePartition(TopicPartition partition) {
        return members.all().stream().anyMatch(member -> member.resume(partition));
    }

    /** Why nothing is consumed now; empty when all is well. Stopped partitions are not part of it. */
    List<String> problems() {
        List<String> problems = new ArrayList<>();
        if (stopReason != null) {
            problems.add(stopReason);
        }
        members.all().stream().map(Member::problem).filter(Objects::nonNull).forEach(problems::add);
        return problems;
    }

    /** The name that a user knows this route by; only known once all routes are made. */
    String flow() {
        return RouteNames.flow(getEndpoint().getCamelContext(), getRouteId());
    }

    @Override
    public List<MemberState> members() {
        return members.states();
    }

    @Override
    public void setMembers(int number) {
        members.set(number);
    }

    @Override
    public boolean awaitEnded(Duration longest) throws InterruptedException {
        return members.awaitLeft(longest);
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        stopReason = null;
        setHealthCheck(new KafkaBatchHealthCheck(this));
        members.set(getEndpoint().getConfiguration().getConsumersCount());
    }

    private ExecutorServiceManager executors() {
        return getEndpoint().getCamelContext().getExecutorServiceManager();
    }

    /** Starts the delivery of a member's batch, as {@link Lanes.Deliverer} says. */
    void deliver(int member, RecordBatch batch, Lease lease, Object pending, Consumer<Delivery> end) {
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
    void stopRoute(String reason) {
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
        members.set(0);
        members.awaitLeft(options.drainTimeout().plusSeconds(10));
        super.doStop();
    }
}
