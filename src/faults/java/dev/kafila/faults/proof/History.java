package dev.kafila.faults.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kafila.faults.LedgerLine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** An evidence made by hand, step by step; each step takes 10 ms. Ledgers count every record that was taken, unless told otherwise. */
final class History {
    static final Duration SESSION = Duration.ofSeconds(3);
    static final Duration DRAIN = Duration.ofSeconds(1);
    static final int BATCH = 10;

    private static final long STEP = Duration.ofMillis(10).toNanos();

    private final Workload workload;
    private final Flow flow;
    private final List<Exchange> exchanges = new ArrayList<>();
    private final List<RecordId> deadLetters = new ArrayList<>();
    private final List<Offsets> offsets = new ArrayList<>();
    private final Map<Integer, Long> committed = new HashMap<>();
    private final Map<Account, long[]> ledgers = new LinkedHashMap<>();
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

    /** Of one partition, with poison here and there. */
    static History withPoison(int records) {
        return new History(new Workload(1, 1, records, 15, Integer.MAX_VALUE), Flow.LAMBDA);
    }

    static List<Exchange.Sent> taken(int partition, int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(number -> new Exchange.Sent(new RecordId(partition, number), Fate.TAKEN))
                .toList();
    }

    /** All that can be delivered of a partition, taken. */
    List<Exchange.Sent> goodOf(int partition) {
        return taken(partition, 0, workload.records()).stream()
                .filter(sent -> workload.kind(sent.id()) == Kind.GOOD)
                .toList();
    }

    /** The one record of a partition that cannot be delivered. */
    int poisonOf(int partition) {
        List<Integer> poison = IntStream.range(0, workload.records())
                .filter(number -> workload.kind(new RecordId(partition, number)) == Kind.POISON)
                .boxed()
                .toList();
        assertThat(poison).hasSize(1);
        return poison.get(0);
    }

    Workload workload() {
        return workload;
    }

    /** In the order of their arrival; for a test that changes what happened. */
    List<Exchange> exchanges() {
        return exchanges;
    }

    /** In the order of their topic; for a test that changes what happened. */
    List<RecordId> deadLetters() {
        return deadLetters;
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
        exchanges.add(new Exchange(flow, instance, now, now + answeredAfter.toNanos(), records));
        records.stream()
                .filter(sent -> sent.fate() == Fate.TAKEN)
                .forEach(sent -> counts(instance, sent.id().partition(), 1, 0));
        now += STEP;
        return this;
    }

    History deadLetters(String instance, int partition, int number) {
        deadLetters.add(new RecordId(partition, number));
        return counts(instance, partition, 0, 1);
    }

    /** Corrects the ledger of an instance by that many records. */
    History counts(String instance, int partition, long delivered, long deadLettered) {
        long[] line = ledgers.computeIfAbsent(new Account(instance, partition), account -> new long[2]);
        line[0] += delivered;
        line[1] += deadLettered;
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
        Journal journal = new Journal();
        exchanges.forEach(journal::add);
        return new Evidence(
                workload,
                -Duration.ofMinutes(1).toNanos(),
                now,
                new Limits(Map.of(flow, BATCH), SESSION, DRAIN),
                journal,
                Map.of(flow, deadLetters),
                offsets,
                ledgers(),
                faults);
    }

    private List<Ledger> ledgers() {
        Map<String, List<LedgerLine>> lines = new LinkedHashMap<>();
        ledgers.forEach((account, line) -> lines.computeIfAbsent(account.instance(), name -> new ArrayList<>())
                .add(new LedgerLine(
                        flow == Flow.MAPPING ? "mapping-7" : "kafka-to-" + flow.label(),
                        "orders-" + account.partition(),
                        line[0] + line[1],
                        line[0],
                        0,
                        0,
                        line[1],
                        0,
                        0)));
        faults.stream()
                .filter(fault -> fault.fault().kind() == FaultKind.KILL)
                .forEach(fault -> lines.put(fault.instance(), List.of()));
        return lines.entrySet().stream()
                .map(ledger -> new Ledger(ledger.getKey(), ledger.getValue()))
                .toList();
    }

    private record Account(String instance, int partition) {}

    Verdict verdict() {
        return new Checker().check(evidence());
    }

    Figure figure(String name) {
        return verdict().figures().stream()
                .filter(figure -> figure.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    void assertHolds() {
        assertThat(verdict().broken()).isEmpty();
    }

    /** That figure is broken, and no other. */
    void assertBroken(String name, long value, String detail) {
        assertThat(verdict().broken()).singleElement().satisfies(figure -> {
            assertThat(figure.name()).isEqualTo(name);
            assertThat(figure.value()).isEqualTo(value);
            assertThat(figure.detail()).contains(detail);
        });
    }
}
