package dev.kafila.eventbridge;

import dev.kafila.batch.RecordBatch;
import dev.kafila.delivery.BatchProcessor;
import dev.kafila.delivery.Delivery;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.camel.Exchange;

/** Delivers batches to an EventBridge event bus: the bean of the kamelet {@code kafila-eventbridge-sink}. */
public final class EventBridgeDelivery extends BatchProcessor {
    /** Exchange property: the entries of the batch that are needed again, a map by offset. */
    private static final String KEPT = "kafilaEntries";

    /** Null unless started. */
    private BusConnection bus;

    @Override
    public String route() {
        return new EventBridgeOptions(getOptions()).route();
    }

    @Override
    public List<Supplier<Optional<String>>> checks() {
        EventBridgeOptions options = new EventBridgeOptions(getOptions());
        if (!options.validate()) {
            return List.of();
        }
        Supplier<Optional<String>> bus = BusConnection.check(getCamelContext(), options);
        Offload offload = options.entries().offload();
        return offload == null
                ? List.of(bus)
                : List.of(bus, () -> BucketCheck.problem(offload.bucket(), getCamelContext(), options));
    }

    @Override
    protected void connect() {
        bus = BusConnection.start(getCamelContext(), new EventBridgeOptions(getOptions()), id());
    }

    @Override
    protected void disconnect() {
        if (bus != null) {
            bus.close();
            bus = null;
        }
    }

    @Override
    protected Delivery delivery(Exchange exchange, RecordBatch batch) {
        return bus.delivery(kept(exchange));
    }

    /** Properties survive a redelivery: what is made once is sent as it is in every attempt. */
    @SuppressWarnings("unchecked")
    private static Map<Long, Entry> kept(Exchange exchange) {
        Map<Long, Entry> kept = exchange.getProperty(KEPT, Map.class);
        if (kept == null) {
            kept = new HashMap<>();
            exchange.setProperty(KEPT, kept);
        }
        return kept;
    }
}
