package dev.kafila.gateway.http;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;

/**
 * Counts answers over HTTP by status, those of requests that never got to a route included: {@code kafila_gateway_http_answers_total}, and
 * shows the requests that have a place: {@code kafila_gateway_http_in_flight}.
 */
final class HttpMeters {
    private final List<Meter.MeterProvider<Counter>> answers = new ArrayList<>();

    HttpMeters(Collection<MeterRegistry> registries, Supplier<Number> inFlight) {
        for (MeterRegistry registry : registries) {
            answers.add(Counter.builder("kafila.gateway.http.answers")
                    .description("Answers to HTTP requests by status")
                    .withRegistry(registry));
            Gauge.builder("kafila.gateway.http.in.flight", inFlight)
                    .description("HTTP requests of kafila.gateway.max-in-flight that are read or wait for their answer")
                    .strongReference(true)
                    .register(registry);
        }
    }

    void answered(int status) {
        for (Meter.MeterProvider<Counter> counters : answers) {
            counters.withTag("status", Integer.toString(status)).increment();
        }
    }
}
