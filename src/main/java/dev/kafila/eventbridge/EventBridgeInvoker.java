package dev.kafila.eventbridge;

import dev.kafila.delivery.OwnProducer;
import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.Message;
import org.apache.camel.component.aws2.eventbridge.EventbridgeComponent;
import org.apache.camel.component.aws2.eventbridge.EventbridgeConfiguration;
import org.apache.camel.component.aws2.eventbridge.EventbridgeEndpoint;
import org.apache.camel.component.aws2.eventbridge.EventbridgeOperations;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequest;
import software.amazon.awssdk.services.eventbridge.model.PutEventsResponse;

/** Puts entries on a bus through Camel's {@code aws2-eventbridge}: one call is one request. Thread-safe. */
final class EventBridgeInvoker implements AutoCloseable {
    private final OwnProducer producer;
    private final PutEventsRequest template;

    /**
     * Starts a producer of its own for the client.
     *
     * @param endpointId of a global endpoint; empty: there is none
     */
    EventBridgeInvoker(CamelContext context, EventBridgeClient client, String bus, String endpointId) {
        EventbridgeConfiguration configuration = new EventbridgeConfiguration();
        configuration.setEventbridgeClient(client);
        configuration.setOperation(EventbridgeOperations.putEvent);
        // The plain mode puts one entry with one call.
        configuration.setPojoRequest(true);
        configuration.setEventbusName(bus);
        producer = OwnProducer.start(new EventbridgeEndpoint(
                "aws2-eventbridge:" + bus,
                context.getComponent("aws2-eventbridge", EventbridgeComponent.class),
                configuration));
        template = PutEventsRequest.builder()
                .endpointId(endpointId.isEmpty() ? null : endpointId)
                .build();
    }

    /** Sends a request; whatever exception comes of it is an answer. */
    PutAnswer put(List<Entry> entries) {
        PutEventsRequest request = template.toBuilder()
                .entries(entries.stream().map(Entry::wire).toList())
                .build();
        try {
            Message answer = producer.call(request).getMessage();
            return PutAnswer.answered(
                    answer.getMandatoryBody(PutEventsResponse.class).entries());
        } catch (Exception e) {
            return PutAnswer.failed(e);
        }
    }

    @Override
    public void close() {
        producer.close();
    }
}
