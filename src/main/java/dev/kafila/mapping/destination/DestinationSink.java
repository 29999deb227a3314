package dev.kafila.mapping.destination;

import dev.kafila.batch.PartitionStopException;
import dev.kafila.failure.FailedBatch;
import dev.kafila.failure.FailedRecord;
import dev.kafila.failure.Written;
import dev.kafila.lambda.EventWriter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.component.kafka.KafkaClientFactory;
import org.apache.camel.support.service.ServiceSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps what a mapping gives up at its on-failure destination, in the records that AWS writes, and returns when each is acknowledged. If one
 * is not, the exchange fails with a {@link PartitionStopException}, and what was written is not written again.
 */
public final class DestinationSink extends ServiceSupport implements Processor {
    private static final Logger LOG = LoggerFactory.getLogger(DestinationSink.class);

    private final CamelContext context;
    private final Origin origin;
    private final Destination destination;
    private final Map<String, ?> delivery;
    private final DestinationClients clients;
    private final KafkaClientFactory kafka;
    /** Null unless started. */
    private EventWriter events;
    /** Null unless started. */
    private DestinationWriter writer;

    /**
     * Connects to nothing before the first record that is given up.
     *
     * @param delivery parameters of the {@link dev.kafila.lambda.LambdaDelivery} that gives up
     * @param clients  stay their owner's to close
     * @param kafka    knows how to reach the mapping's cluster and needs to be told no more; for topics
     */
    public DestinationSink(
            CamelContext context,
            Origin origin,
            Destination destination,
            Map<String, ?> delivery,
            DestinationClients clients,
            KafkaClientFactory kafka) {
        this.context = context;
        this.origin = origin;
        this.destination = destination;
        this.delivery = new HashMap<>(delivery);
        this.clients = clients;
        this.kafka = kafka;
    }

    @Override
    protected void doStart() {
        events = EventWriter.start(context, delivery);
        FailureRecords records = new FailureRecords(origin, events);
        writer = switch (destination.kind()) {
            case SQS -> new SqsDestination(context, clients, destination, records);
            case SNS -> new SnsDestination(clients, destination, records);
            case S3 -> new S3Destination(clients, destination, records, origin);
            case KAFKA -> new KafkaDestination(kafka, destination, records);
        };
    }

    @Override
    protected void doStop() {
        if (writer != null) {
            writer.close();
            writer = null;
        }
        if (events != null) {
            events.close();
            events = null;
        }
    }

    @Override
    public void process(Exchange exchange) throws Exception {
        FailedBatch batch = FailedBatch.of(exchange);
        List<FailedRecord> failed = batch.failed();
        if (failed.isEmpty()) {
            return;
        }
        requireOther(failed.get(0));
        Written<FailedPart> written = Written.of(
                writer.units(failed),
                part -> {
                    batch.requireLive();
                    return writer.write(part);
                },
                batch.lease(),
                batch.coordinates());
        batch.keep(written.each(FailedPart::records), "Records of failed invocations", record -> destination);
        LOG.warn(
                "Gave up {} records of {} and told {}: {}",
                failed.size(),
                batch.coordinates(),
                destination,
                failed.get(0).failure().summary());
    }

    private void requireOther(FailedRecord failed) {
        if (destination.kind() == Destination.Kind.KAFKA
                && failed.record().topic().equals(destination.name())) {
            throw new PartitionStopException(
                    "What is given up would come back to the topic that it came from: name another destination than "
                            + destination,
                    null,
                    false);
        }
    }
}
