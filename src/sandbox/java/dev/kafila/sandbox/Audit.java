package dev.kafila.sandbox;

import dev.kafila.batch.Ledger;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

/** Holds against each other what was sent, what the function received, what the ledger says of its flow and what was committed. */
final class Audit {
    private final RecordSet sent;
    private final Ledger ledger;
    private final RecordSet received = new RecordSet();
    private long duplicates;
    /** Whether payloads came that do not say which records they hold, as those of the format raw. */
    private boolean blind;

    Audit(RecordSet sent, Ledger ledger) {
        this.sent = sent;
        this.ledger = ledger;
    }

    synchronized void received(PayloadRecords payload) {
        blind |= payload.size() == 0;
        for (int record = 0; record < payload.size(); record++) {
            if (!received.add(payload.partition(record), payload.offset(record))) {
                duplicates++;
            }
        }
    }

    /** Whether every record that was sent has been consumed and is settled. */
    boolean isSettled() {
        return sum(Ledger.Entry::consumed) >= sent.size()
                && ledger.entries().stream().allMatch(entry -> entry.inFlight() == 0);
    }

    /** What does not add up; nothing if all does. Asks the broker, so it is for after the application's end. */
    List<String> problems(SandboxBroker broker, String group) {
        List<String> problems = new ArrayList<>();
        long consumed = sum(Ledger.Entry::consumed);
        if (consumed != sent.size()) {
            problems.add("the ledger has " + consumed + " consumed, sent were " + sent.size());
        }
        ledger.entries().stream()
                .filter(entry -> !entry.balanced() || entry.inFlight() != 0)
                .forEach(entry -> problems.add("the ledger does not balance: " + entry));
        broker.endOffsets(Workshop.TOPIC).forEach((partition, end) -> {
            long committed = broker.committed(group).getOrDefault(partition, 0L);
            if (committed != end) {
                problems.add(partition + ": committed is " + committed + ", its end is " + end);
            }
        });
        problems.addAll(unreceived());
        return problems;
    }

    /** Records that are missing, unless as many were not for the function at all. */
    private synchronized List<String> unreceived() {
        List<String> missing = sent.notIn(received);
        if (blind || missing.size() == sum(Audit::otherwiseSettled)) {
            return List.of();
        }
        return missing.stream()
                .map(record -> record + " was sent and not received by the function")
                .toList();
    }

    private static long otherwiseSettled(Ledger.Entry entry) {
        return entry.filtered() + entry.dropped() + entry.deadLettered();
    }

    synchronized String summary() {
        return sent.size() + " records sent, " + received.size() + " received, " + duplicates
                + " of them more than once, " + sum(Ledger.Entry::filtered) + " filtered, "
                + sum(Ledger.Entry::deadLettered) + " dead-lettered";
    }

    private long sum(ToLongFunction<Ledger.Entry> column) {
        return ledger.entries().stream()
                .filter(entry -> !entry.route().equals(Workshop.BUS_ROUTE))
                .mapToLong(column)
                .sum();
    }
}
