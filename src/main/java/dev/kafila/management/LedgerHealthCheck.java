package dev.kafila.management;

import dev.kafila.batch.Ledger;
import java.util.Map;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

/** Shows the ledger in the readiness detail: the total as message, each partition as data. Always UP. */
final class LedgerHealthCheck extends AbstractHealthCheck {
    private final Ledger ledger;

    LedgerHealthCheck(Ledger ledger) {
        super("kafila", "ledger");
        this.ledger = ledger;
    }

    @Override
    public boolean isLiveness() {
        return false;
    }

    @Override
    protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
        var entries = ledger.entries();
        for (Ledger.Entry entry : entries) {
            builder.detail(entry.route() + " " + entry.topic() + "-" + entry.partition(), LedgerReport.sum(entry));
        }
        builder.message(LedgerReport.sum(LedgerReport.total(entries))).up();
    }
}
