package dev.kafila.eventbridge;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.HashMap;
import java.util.Map;
import org.apache.camel.CamelContext;

/** Shows how many requests of a sink may be out at once: {@code kafila_eventbridge_inflight_limit}, wherever there is a registry. */
final class LimitMeter implements AutoCloseable {
    private final Map<MeterRegistry, Meter> meters = new HashMap<>();

    /** @param route tells the sink from others */
    LimitMeter(CamelContext context, RequestLimiter limiter, String route, String bus) {
        for (MeterRegistry registry : context.getRegistry().findByType(MeterRegistry.class)) {
            meters.put(
                    registry,
                    Gauge.builder("kafila.eventbridge.inflight.limit", limiter, RequestLimiter::limit)
                            .description("Requests that may be out at once; a throttle halves it, successes raise it")
                            .tag("route", route)
                            .tag("bus", bus)
                            .register(registry));
        }
    }

    @Override
    public void close() {
        meters.forEach(MeterRegistry::remove);
    }
}
