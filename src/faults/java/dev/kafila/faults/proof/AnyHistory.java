package dev.kafila.faults.proof;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** Some history in which everything is as it was promised, whatever goes wrong on the way. */
final class AnyHistory {
    private static final int PARTITIONS = 3;
    private static final int RECORDS = 40;

    private final Random random;
    private final boolean freezes;
    private final History history;
    private final String[] owners = new String[PARTITIONS];
    private final int[] committed = new int[PARTITIONS];
    private final List<String> running = new ArrayList<>(List.of("i0", "i1"));
    private int started = 2;

    private AnyHistory(long seed, boolean freezes) {
        random = new Random(seed);
        this.freezes = freezes;
        history = new History(new Workload(seed, PARTITIONS, RECORDS, 8, 11), Flow.LAMBDA);
    }

    /** @param freezes whether instances may be frozen past their sessions, which makes their ledgers uncertain */
    static History of(long seed, boolean freezes) {
        return new AnyHistory(seed, freezes).made();
    }

    private History made() {
        for (int partition = 0; partition < PARTITIONS; partition++) {
            owners[partition] = any();
        }
        List<Integer> left =
                new ArrayList<>(IntStream.range(0, PARTITIONS).boxed().toList());
        while (!left.isEmpty()) {
            Integer partition = left.get(random.nextInt(left.size()));
            step(partition);
            if (committed[partition] == RECORDS) {
                left.remove(partition);
            }
        }
        return history;
    }

    private String any() {
        return running.get(random.nextInt(running.size()));
    }

    private void step(int partition) {
        int end = Math.min(RECORDS, committed[partition] + 1 + random.nextInt(History.BATCH));
        String owner = owners[partition];
        List<RecordId> batch = IntStream.range(committed[partition], end)
                .mapToObj(number -> new RecordId(partition, number))
                .toList();
        deliver(owner, batch);
        int chance = random.nextInt(12);
        if (chance == 0) {
            crash(owner);
        } else if (chance == 1 && freezes) {
            freeze(owner, partition, batch);
        } else {
            commit(partition, end);
        }
    }

    private void commit(int partition, int end) {
        committed[partition] = end;
        history.commits(partition, end);
        if (random.nextInt(5) == 0) {
            owners[partition] = any();
        }
    }

    /** The good ones in one request or two, with what fails on the way; then the others. */
    private void deliver(String owner, List<RecordId> batch) {
        List<RecordId> good = batch.stream()
                .filter(id -> history.workload().kind(id) == Kind.GOOD)
                .toList();
        int half = random.nextBoolean() ? good.size() / 2 : 0;
        request(owner, good.subList(0, half));
        request(owner, good.subList(half, good.size()));
        batch.stream()
                .filter(id -> !good.contains(id))
                .forEach(id -> history.deadLetters(owner, id.partition(), id.number()));
    }

    private void request(String owner, List<RecordId> records) {
        while (!records.isEmpty() && random.nextInt(4) == 0) {
            int kind = random.nextInt(3);
            if (kind == 0) {
                history.sends(owner, sent(records, Fate.REFUSED));
            } else if (kind == 1) {
                history.sends(owner, sent(records, Fate.UNKNOWN));
            } else {
                records = partly(owner, records);
            }
        }
        if (!records.isEmpty()) {
            history.sends(owner, sent(records, Fate.TAKEN));
        }
    }

    /** Returns those that were refused. */
    private List<RecordId> partly(String owner, List<RecordId> records) {
        List<RecordId> refused =
                records.stream().filter(id -> random.nextInt(3) == 0).toList();
        history.sends(
                owner,
                records.stream()
                        .map(id -> new Exchange.Sent(id, refused.contains(id) ? Fate.REFUSED : Fate.TAKEN))
                        .toList());
        return refused;
    }

    private static List<Exchange.Sent> sent(List<RecordId> records, Fate fate) {
        return records.stream().map(id -> new Exchange.Sent(id, fate)).toList();
    }

    /** After a delivery, before its commit. */
    private void crash(String instance) {
        history.happens(FaultKind.KILL, instance, Duration.ZERO);
        running.remove(instance);
        running.add("i" + started++);
        leaveAll(instance);
    }

    private void leaveAll(String instance) {
        List<String> others =
                running.stream().filter(name -> !name.equals(instance)).toList();
        for (int partition = 0; partition < PARTITIONS; partition++) {
            if (owners[partition].equals(instance)) {
                owners[partition] = others.get(random.nextInt(others.size()));
            }
        }
    }

    /** After a delivery, before its commit; it settled the batch and could not commit it, or gave it up. */
    private void freeze(String instance, int partition, List<RecordId> batch) {
        history.happens(FaultKind.FREEZE, instance, History.SESSION);
        leaveAll(instance);
        if (random.nextBoolean()) {
            long good = batch.stream()
                    .filter(id -> history.workload().kind(id) == Kind.GOOD)
                    .count();
            history.counts(instance, partition, -good, good - batch.size());
        }
    }
}
