package dev.kafila.mapping.destination;

import dev.kafila.delivery.OwnProducer;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.camel.CamelContext;
import org.apache.camel.component.aws2.sqs.Sqs2Component;
import org.apache.camel.component.aws2.sqs.Sqs2Configuration;
import org.apache.camel.component.aws2.sqs.Sqs2Endpoint;

/** Sends one message for each part to a queue of SQS, through Camel's {@code aws2-sqs}. */
final class SqsDestination implements DestinationWriter {
    private static final String GROUP = "kafilaMessageGroup";
    private static final String DEDUPLICATION = "kafilaMessageDeduplication";

    private final CamelContext context;
    private final DestinationClients clients;
    private final Destination queue;
    private final FailureRecords records;
    private OwnProducer producer;

    SqsDestination(CamelContext context, DestinationClients clients, Destination queue, FailureRecords records) {
        this.context = context;
        this.clients = clients;
        this.queue = queue;
        this.records = records;
    }

    @Override
    public CompletableFuture<Void> write(FailedPart part) {
        return AwsCall.of(() -> producer()
                .call(
                        records.described(part),
                        Map.of(
                                GROUP,
                                part.partition(),
                                DEDUPLICATION,
                                records.id(part).toString())));
    }

    private synchronized OwnProducer producer() {
        if (producer == null) {
            Sqs2Configuration configuration = new Sqs2Configuration();
            configuration.setAmazonSQSClient(clients.sqs(queue.region()));
            configuration.setQueueName(queue.name());
            configuration.setQueueUrl(clients.queue(queue).toString());
            if (queue.isFifo()) {
                configuration.setMessageGroupIdStrategy(message -> message.getProperty(GROUP, String.class));
                configuration.setMessageDeduplicationIdStrategy(
                        message -> message.getProperty(DEDUPLICATION, String.class));
            }
            Sqs2Endpoint endpoint = new Sqs2Endpoint(
                    "aws2-sqs:" + queue.name(), context.getComponent("aws2-sqs", Sqs2Component.class), configuration);
            producer = OwnProducer.start(endpoint);
        }
        return producer;
    }

    @Override
    public synchronized void close() {
        if (producer != null) {
            producer.close();
            producer = null;
        }
    }
}
