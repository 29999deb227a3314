package dev.kafila.management;

import dev.kafila.batch.Ledger;
import java.util.ArrayList;
import java.util.List;

/** The ledger as lines of text, each with the sum that has to be right. */
public final class LedgerReport {

    private LedgerReport() {}

    /** One line for each route and partition, then the total; nothing when nothing was consumed. */
    public static List<String> lines(Ledger ledger) {
        List<Ledger.Entry> entries = ledger.entries();
        if (entries.isEmpty()) {
            return List.of();
        }
        List<String> lines = new ArrayList<>();
        for (Ledger.Entry entry : entries) {
            lines.add(entry.route() + " " + entry.topic() + "-" + entry.partition() + ": " + sum(entry));
        }
        lines.add("total: " + sum(total(entries)));
        return List.copyOf(lines);
    }

    /** {@code 7 consumed = 5 delivered + …}, with the words NOT BALANCED after a sum that is wrong. */
    static String sum(Ledger.Entry entry) {
        String sum = entry.consumed() + " consumed = " + entry.delivered() + " delivered + " + entry.filtered()
                + " filtered + " + entry.dropped() + " dropped + " + entry.deadLettered() + " dead-lettered + "
                + entry.expired() + " expired + " + entry.inFlight() + " in flight";
        return entry.balanced() ? sum : sum + " (NOT BALANCED)";
    }

    static Ledger.Entry total(List<Ledger.Entry> entries) {
        return entries.stream()
                .reduce(
                        new Ledger.Entry("", "", 0, 0, 0, 0, 0, 0, 0, 0),
                        (a, b) -> new Ledger.Entry(
                                "",
                                "",
                                0,
                                a.consumed() + b.consumed(),
                                a.delivered() + b.delivered(),
                                a.filtered() + b.filtered(),
                                a.dropped() + b.dropped(),
                                a.deadLettered() + b.deadLettered(),
                                a.expired() + b.expired(),
                                a.inFlight() + b.inFlight()));
    }
}
