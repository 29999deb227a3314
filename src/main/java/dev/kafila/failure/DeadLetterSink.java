package dev.kafila.failure;

import dev.kafila.batch.BatchAbandonedException;
import dev.kafila.batch.PartitionStopException;
import dev.kafila.preflight.Checked;
import dev.kafila.preflight.Preflight;
import dev.kafila.record.KafkaRecord;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelContextAware;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.component.kafka.KafkaEndpoint;
import org.apache.camel.support.service.ServiceSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the failed records of a batch as dead letters, one by one, and returns when each is acknowledged. If one is not, the
 * exchange fails with a {@link PartitionStopException}, and what was written is not written again. A topic that is missing is created at the start,
 * before anything needs it: who lacks the right to reads of it then, and not in the night of the first dead letter.
 */
public final class DeadLetterSink extends ServiceSupport implements Processor, CamelContextAware, Checked {
    private static final Logger LOG = LoggerFactory.getLogger(DeadLetterSink.class);

    private static final String PROPERTY = "property:";

    private CamelContext context;
    private String endpoint = "";
    private final Map<String, String> size = new HashMap<>();
    private DeadLetterTarget target;

    public String getEndpoint() {
        return endpoint;
    }

    /**
     * Address of any endpoint of Camel, such as {@code kafka:orders-dlt}, or {@code property:} and the name of a property that holds it:
     * an address may hold a password, and Camel logs the parameters of a step that fails. Empty: whatever needs a dead letter stops its
     * partition.
     */
    public void setEndpoint(String endpoint) {
        this.endpoint = endpoint == null ? "" : endpoint.trim();
    }

    /** Of a topic that has to be created; empty: the broker's default. */
    public void setTopicPartitions(String partitions) {
        size.put("topicPartitions", partitions);
    }

    /** Of a topic that has to be created; empty: the broker's default. */
    public void setTopicReplication(String replication) {
        size.put("topicReplication", replication);
    }

    @Override
    public void setCamelContext(CamelContext camelContext) {
        context = camelContext;
        Preflight.of(context).enlist(this);
    }

    @Override
    public CamelContext getCamelContext() {
        return context;
    }

    /** That of whoever uses it; it has none of its own. */
    @Override
    public String route() {
        return "";
    }

    /** Refuses nothing: records that need no dead letter are delivered all the same, and one that does stops its partition. */
    @Override
    public List<Supplier<Optional<String>>> checks() {
        return endpoint().filter(KafkaEndpoint.class::isInstance).stream()
                .map(resolved -> kafka((KafkaEndpoint) resolved))
                .<Supplier<Optional<String>>>map(topic -> () -> {
                    prepare(topic, "the start");
                    return Optional.empty();
                })
                .toList();
    }

    @Override
    protected void doStart() throws Exception {
        Endpoint resolved = endpoint().orElse(null);
        if (resolved instanceof KafkaEndpoint topic) {
            Preflight.of(context).await(this);
            target = kafka(topic);
        } else if (size.values().stream().anyMatch(text -> !text.isEmpty())) {
            throw new IllegalArgumentException(String.join(" and ", new TreeSet<>(size.keySet()))
                    + " are for a topic, and the endpoint is not kafka:");
        } else if (resolved != null) {
            target = new EndpointDeadLetters(resolved);
        }
    }

    private KafkaDeadLetters kafka(KafkaEndpoint topic) {
        return new KafkaDeadLetters(topic, name -> size.getOrDefault(name, ""));
    }

    private Optional<Endpoint> endpoint() {
        return Optional.of(address()).filter(address -> !address.isEmpty()).map(context::getEndpoint);
    }

    private static void prepare(DeadLetterTarget target, String who) {
        try {
            target.prepare();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BatchAbandonedException(who);
        }
    }

    private String address() {
        if (!endpoint.startsWith(PROPERTY)) {
            return endpoint;
        }
        String name = endpoint.substring(PROPERTY.length());
        return context.getPropertiesComponent()
                .resolveProperty(name)
                .orElseThrow(() -> new IllegalArgumentException("endpoint: there is no property " + name))
                .trim();
    }

    @Override
    protected void doStop() {
        if (target != null) {
            target.close();
            target = null;
        }
    }

    @Override
    public void process(Exchange exchange) throws Exception {
        FailedBatch batch = FailedBatch.of(exchange);
        List<FailedRecord> failed = batch.failed();
        if (failed.isEmpty()) {
            return;
        }
        batch.requireLive();
        requireTarget(failed.get(0));
        prepare(target, batch.coordinates());
        Written<FailedRecord> written = Written.of(
                failed,
                record -> target.write(record, DeadLetterFields.of(record, batch.sink(), batch.member())),
                batch.lease(),
                batch.coordinates());
        batch.keep(written, "Dead letters", record -> target);
        LOG.warn(
                "Dead-lettered {} records of {} to {}: {}",
                failed.size(),
                batch.coordinates(),
                target,
                failed.get(0).failure().summary());
    }

    private void requireTarget(FailedRecord failed) {
        if (target == null) {
            throw new PartitionStopException(
                    KafkaRecord.coordinates(failed.record())
                            + " is to be dead-lettered and no dead-letter endpoint is set",
                    null,
                    false);
        }
        if (target.isSourceOf(failed)) {
            throw new PartitionStopException(
                    KafkaRecord.coordinates(failed.record())
                            + " would be dead-lettered to the topic that it came from: name another topic",
                    null,
                    false);
        }
    }
}
