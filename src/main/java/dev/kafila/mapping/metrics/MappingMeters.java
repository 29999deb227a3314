package dev.kafila.mapping.metrics;

import dev.kafila.batch.Calls;
import dev.kafila.batch.Ledger;
import dev.kafila.batch.Ledger.Account;
import dev.kafila.batch.Ledger.Entry;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleSupplier;
import java.util.function.ToLongFunction;
import java.util.stream.LongStream;

/**
 * What one mapping does on this instance, by the names that AWS has for it: {@code PolledEventCount} is
 * {@code kafila_mapping_polled_events_total}. Read from what is counted anyway, when somebody asks.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html">AWS's metrics of event source mappings</a>
 */
final class MappingMeters implements AutoCloseable {
    private static final String PREFIX = "kafila.mapping.";

    private final MeterRegistry registry;
    private final Ledger ledger;
    private final String route;
    private final Tags tags;
    private final List<Meter> meters = new ArrayList<>();

    /** @param route of the mapping, as the ledger names it */
    MappingMeters(MeterRegistry registry, Ledger ledger, String route, Tags tags) {
        this.registry = registry;
        this.ledger = ledger;
        this.route = route;
        this.tags = tags;
        events();
        lag();
    }

    private void events() {
        Calls calls = ledger.calls(route);
        count("polled.events", "Records that were read, those that were read again included", sum(Account::polled));
        count("filtered.out.events", "Records that no filter wants", outcomes(Entry::filtered));
        count("invoked.events", "Records in calls of the function, once for every call", calls::sent);
        count("failed.invoke.events", "Records in calls that failed, or that the function reported", calls::failed);
        count("dropped.events", "Records that were given up with no destination to go to", outcomes(Entry::dropped));
        count(
                "on.failure.destination.delivered.events",
                "Records that were given up and are at the destination",
                outcomes(Entry::deadLettered));
        count("committed.events", "Offsets that were committed", sum(Account::committed));
        count("errors", "Failures of brokers and schema registries", calls::errors);
    }

    private void lag() {
        gauge("max.offset.lag", "Lag of the partition that is furthest behind", () -> lags().max()
                .orElse(0));
        gauge("sum.offset.lag", "Lag of all partitions", () -> lags().sum());
    }

    private LongStream lags() {
        return ledger.accounts(route).stream().flatMapToLong(account -> account.lag().stream());
    }

    private DoubleSupplier sum(ToLongFunction<Account> count) {
        return () -> ledger.accounts(route).stream().mapToLong(count).sum();
    }

    private DoubleSupplier outcomes(ToLongFunction<Entry> count) {
        return sum(account -> count.applyAsLong(account.entry()));
    }

    private void count(String name, String description, DoubleSupplier count) {
        // Of what it counts, Micrometer keeps no more than a weak reference.
        meters.add(FunctionCounter.builder(PREFIX + name, this, mapping -> count.getAsDouble())
                .description(description)
                .tags(tags)
                .register(registry));
    }

    private void gauge(String name, String description, DoubleSupplier value) {
        meters.add(Gauge.builder(PREFIX + name, value::getAsDouble)
                .description(description + ", in records, of those that this instance has")
                .tags(tags)
                .register(registry));
    }

    @Override
    public void close() {
        meters.forEach(registry::remove);
    }
}
