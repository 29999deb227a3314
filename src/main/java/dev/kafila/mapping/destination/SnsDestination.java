package dev.kafila.mapping.destination;

import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.services.sns.model.PublishRequest;

/** Publishes one message for each part to a topic of SNS. */
final class SnsDestination implements DestinationWriter {
    private final DestinationClients clients;
    private final Destination topic;
    private final FailureRecords records;

    SnsDestination(DestinationClients clients, Destination topic, FailureRecords records) {
        this.clients = clients;
        this.topic = topic;
        this.records = records;
    }

    @Override
    public CompletableFuture<Void> write(FailedPart part) {
        return AwsCall.of(() -> clients.sns(topic.region()).publish(request(part)));
    }

    private PublishRequest request(FailedPart part) {
        PublishRequest.Builder request =
                PublishRequest.builder().topicArn(topic.text()).message(records.described(part));
        if (topic.isFifo()) {
            request.messageGroupId(part.partition())
                    .messageDeduplicationId(records.id(part).toString());
        }
        return request.build();
    }
}
