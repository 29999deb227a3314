package dev.kafila.eventbridge;

import dev.kafila.delivery.SinkFlow;
import dev.kafila.sandbox.SandboxAws;

/** The flow of the kamelet {@code kafila-eventbridge-sink}. */
public final class EventBridgeFlow extends SinkFlow<EventBridgeFlow> {
    public static final String BUS = "orders-bus";

    private EventBridgeFlow(SandboxAws aws) {
        super("eventbridge", aws);
        with("bus", BUS);
    }

    public static EventBridgeFlow to(SandboxAws aws) {
        return new EventBridgeFlow(aws);
    }

    @Override
    protected EventBridgeFlow self() {
        return this;
    }

    @Override
    protected String uri(String target) {
        return uri("bus", target);
    }
}
