package dev.kafila.management;

import dev.kafila.batch.Ledger;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.function.ToDoubleFunction;

/** Shows the ledger as metrics: {@code kafila_records_total} by outcome, {@code kafila_records_consumed}, {@code kafila_records_in_flight}. */
final class LedgerMeters {
    private final MeterRegistry registry;

    private LedgerMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    /** Registers the meters of every account there is and will be. */
    static void bind(Ledger ledger, MeterRegistry registry) {
        ledger.onAccount(new LedgerMeters(registry)::register);
    }

    private void register(Ledger.Account account) {
        outcome(account, "delivered", entry -> entry.delivered());
        outcome(account, "filtered", entry -> entry.filtered());
        outcome(account, "dropped", entry -> entry.dropped());
        outcome(account, "dead-lettered", entry -> entry.deadLettered());
        outcome(account, "expired", entry -> entry.expired());
        Gauge.builder("kafila.records.consumed", account, a -> a.entry().consumed())
                .description(
                        "Records handed to the route. Goes down when a batch is abandoned on stop or revoke, so it is no counter.")
                .tags(tags(account))
                .register(registry);
        Gauge.builder("kafila.records.in.flight", account, a -> a.entry().inFlight())
                .description("Records handed to the route that have no outcome yet")
                .tags(tags(account))
                .register(registry);
    }

    private void outcome(Ledger.Account account, String outcome, ToDoubleFunction<Ledger.Entry> count) {
        FunctionCounter.builder("kafila.records", account, a -> count.applyAsDouble(a.entry()))
                .description("Records that have ended, by outcome")
                .tags(tags(account).and("outcome", outcome))
                .register(registry);
    }

    private static Tags tags(Ledger.Account account) {
        return Tags.of(
                "route",
                account.route(),
                "topic",
                account.partition().topic(),
                "partition",
                Integer.toString(account.partition().partition()));
    }
}
