package dev.kafila.faults.proof;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** An evidence made by hand, step by step; each step takes 10 ms. */
final class History {
    static final Duration SESSION = Duration.ofSeconds(3);
    static final Duration DRAIN = Duration.ofSeconds(1);
    static final int BATCH = 10;

    private static final long STEP = Duration.ofMillis(10).toNanos();

    private final Workload workload;
    private final Flow flow;
    private final Journal journal = new Journal();
    private final List<RecordId> deadLetters = new ArrayList<>();
    private final List<Offsets> offsets = new ArrayList<>();
    private final Map<Integer, Long> committed = new HashMap<>();
    private final Map<String, Ledger> ledgers = new HashMap<>();
    private final List<Happened> faults = new ArrayList<>();
    private long now = -Duration.ofMinutes(1).toNanos();

    History(Workload workload, Flow flow) {
        this.workload = workload;
        this.flow = flow;
    }

    /** Of good records only. */
    static History ofGood(int partitions, int records) {
        return new History(new Workload(1, partitions, records, Integer.MAX_VALUE, Integer.MAX_VALUE), Flow.LAMBDA);
    }

    long now() {
        return now;
    }

    History passes(Duration time) {
        now += time.toNanos();
        return this;
    }

    /** A request with all records of a partition from the first number to before the second. */
    History sends(String instance, Fate fate, int partition, int from, int to) {
        return sends(
                instance,
                IntStream.range(from, to)
                        .mapToObj(number -> new Exchange.Sent(new RecordId(partition, number), fate))
                        .toList());
    }

    History sends(String instance, List<Exchange.Sent> records) {
        return sends(instance, records, Duration.ofNanos(STEP / 2));
    }

    History sends(String instance, List<Exchange.Sent> records, Duration answeredAfter) {
        journal.add(new Exchange(flow, instance, now, now + answeredAfter.toNanos(), records));
        now += STEP;
        return this;
    }

    History deadLetters(int partition, int number) {
        deadLetters.add(new RecordId(partition, number));
        return this;
    }

    History commits(int partition, long offset) {
        committed.put(partition, offset);
        offsets.add(new Offsets(flow, now, committed));
        now += STEP;
        return this;
    }

    History happens(FaultKind kind, String instance, Duration length) {
        faults.add(new Happened(new Fault(kind, Duration.ZERO, length), instance, now, now + length.toNanos()));
        now += length.toNanos() + STEP;
        return this;
    }

    Evidence evidence() {
        Map<Flow, Integer> batch = new EnumMap<>(Map.of(flow, BATCH));
        return new Evidence(
                workload,
                -Duration.ofMinutes(1).toNanos(),
                now,
                new Limits(batch, SESSION, DRAIN),
                journal,
                Map.of(flow, deadLetters),
                offsets,
                List.copyOf(ledgers.values()),
                faults);
    }

    Verdict verdict() {
        return new Checker().check(evidence());
    }
}
