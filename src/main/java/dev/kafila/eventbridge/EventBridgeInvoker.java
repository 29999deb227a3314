package dev.kafila.eventbridge;

import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Producer;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.component.aws2.eventbridge.EventbridgeComponent;
import org.apache.camel.component.aws2.eventbridge.EventbridgeConfiguration;
import org.apache.camel.component.aws2.eventbridge.EventbridgeEndpoint;
import org.apache.camel.component.aws2.eventbridge.EventbridgeOperations;
import org.apache.camel.support.service.ServiceHelper;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequest;
import software.amazon.awssdk.services.eventbridge.model.PutEventsResponse;

/** Puts entries on a bus through Camel's {@code aws2-eventbridge}: one call is one request. Thread-safe. */
final class EventBridgeInvoker implements AutoCloseable {
    private final EventbridgeEndpoint endpoint;
    private final Producer producer;
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
        // Made by hand: endpoints of a context are shared by address, and this one belongs to one client.
        endpoint = new EventbridgeEndpoint(
                "aws2-eventbridge:" + bus,
                context.getComponent("aws2-eventbridge", EventbridgeComponent.class),
                configuration);
        template = PutEventsRequest.builder()
                .endpointId(endpointId.isEmpty() ? null : endpointId)
                .build();
        ServiceHelper.startService(endpoint);
        try {
            producer = endpoint.createProducer();
        } catch (Exception e) {
            throw RuntimeCamelException.wrapRuntimeCamelException(e);
        }
        ServiceHelper.startService(producer);
    }

    /** Sends a request; never throws. */
    PutAnswer put(List<Entry> entries) {
        Exchange call = endpoint.createExchange();
        call.getMessage()
                .setBody(template.toBuilder()
                        .entries(entries.stream().map(Entry::wire).toList())
                        .build());
        try {
            producer.process(call);
            return PutAnswer.answered(
                    call.getMessage().getMandatoryBody(PutEventsResponse.class).entries());
        } catch (Exception | LinkageError e) {
            return PutAnswer.failed(e);
        }
    }

    @Override
    public void close() {
        ServiceHelper.stopAndShutdownServices(producer, endpoint);
    }
}
