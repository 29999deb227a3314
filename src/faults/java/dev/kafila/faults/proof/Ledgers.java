package dev.kafila.faults.proof;

import dev.kafila.faults.LedgerLine;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Whether the instances' own ledgers say what the journal says.
 *
 * <p>An instance counts a batch when it settles, and counts nothing of one that it gives up because its partition was taken away. Whoever has the
 * partition next delivers such a batch again. So whoever delivered a record last counts it; who delivered it before may. Only an instance that
 * the group had lost may come last, behind another, with what it gives up.
 */
final class Ledgers {
    static final String LINES = "ledger lines that are wrong in themselves";
    static final String DELIVERED = "ledger, delivered";
    static final String DEAD_LETTERED = "ledger, dead-lettered";

    private static final String SEVERAL = "";

    private final FlowEvidence evidence;
    private final Findings lines = new Findings();
    private final Findings delivered = new Findings();
    private final Findings deadLettered = new Findings();

    private Ledgers(FlowEvidence evidence) {
        this.evidence = evidence;
    }

    static List<Figure> figures(FlowEvidence evidence) {
        Ledgers ledgers = new Ledgers(evidence);
        for (int partition = 0; partition < evidence.workload().partitions(); partition++) {
            ledgers.compare(partition);
        }
        ledgers.add();
        Flow flow = evidence.flow();
        return List.of(
                ledgers.lines.figure(LINES, flow),
                ledgers.delivered.figure(DELIVERED, flow),
                ledgers.deadLettered.figure(DEAD_LETTERED, flow));
    }

    private void compare(int partition) {
        Map<String, Delivered> journal = delivered(partition);
        for (Ledger ledger : evidence.ledgers()) {
            if (!evidence.isKilled(ledger.instance())) {
                journal.putIfAbsent(ledger.instance(), new Delivered());
            }
        }
        String name = Workload.TOPIC + "-" + partition;
        journal.forEach((instance, own) -> {
            if (!evidence.isKilled(instance)) {
                long told = linesOf(instance).stream()
                        .filter(line -> line.partition().equals(name))
                        .mapToLong(LedgerLine::delivered)
                        .sum();
                delivered.add(
                        Math.max(0, Math.max(own.certain - told, told - own.all)),
                        "%s says %d of %s, the journal %s".formatted(instance, told, name, own));
            }
        });
    }

    private List<LedgerLine> linesOf(String instance) {
        return evidence.ledgers().stream()
                .filter(ledger -> ledger.instance().equals(instance))
                .flatMap(ledger -> ledger.lines().stream())
                .filter(line -> evidence.flow().isOf(line.route()))
                .toList();
    }

    /** Of each instance, what AWS said it took of a partition. */
    private Map<String, Delivered> delivered(int partition) {
        Track track = evidence.track(partition);
        int[] last = last(track);
        String[] senders = new String[last.length];
        Map<String, Delivered> delivered = new HashMap<>();
        for (int row = 0; row < track.rows(); row++) {
            if (track.isTaken(row)) {
                int number = track.number(row);
                String sender = evidence.journal().instance(track.request(row));
                boolean alone = senders[number] == null || senders[number].equals(sender);
                senders[number] = alone ? sender : SEVERAL;
                if (track.fate(row) == Fate.TAKEN) {
                    boolean counts = row == last[number]
                            && (alone || !evidence.wasLost(sender))
                            && !evidence.deadLetters().containsKey(new RecordId(partition, number));
                    delivered.computeIfAbsent(sender, name -> new Delivered()).add(counts);
                }
            }
        }
        return delivered;
    }

    /** By number: the row of the last delivery. */
    private int[] last(Track track) {
        int[] last = new int[evidence.workload().records()];
        for (int row = 0; row < track.rows(); row++) {
            if (track.isTaken(row)) {
                last[track.number(row)] = row;
            }
        }
        return last;
    }

    private void add() {
        long told = 0;
        boolean allTold = true;
        for (Ledger ledger : evidence.ledgers()) {
            for (LedgerLine line : linesOf(ledger.instance())) {
                told += line.deadLettered();
                lines.add(isRight(line) ? 0 : 1, ledger.instance() + " " + line);
            }
            allTold &= !evidence.isKilled(ledger.instance());
        }
        long all = evidence.deadLetters().values().stream()
                .mapToLong(times -> times)
                .sum();
        long once = evidence.deadLetters().values().stream()
                .filter(times -> times == 1)
                .count();
        long least = allTold ? once : 0;
        deadLettered.add(
                Math.max(0, Math.max(least - told, told - all)), "the ledgers say " + told + ", the topic has " + all);
    }

    /** It balances, nothing is out any more, and records ended in no way that there was not. */
    private static boolean isRight(LedgerLine line) {
        return line.balanced() && line.inFlight() + line.filtered() + line.dropped() + line.expired() == 0;
    }

    private static final class Delivered {
        private long all;
        private long certain;

        void add(boolean counts) {
            all++;
            certain += counts ? 1 : 0;
        }

        @Override
        public String toString() {
            return certain == all ? String.valueOf(all) : certain + " to " + all;
        }
    }
}
