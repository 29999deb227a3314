package dev.kafila.batch;

import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.apache.camel.CamelContext;
import org.apache.kafka.common.TopicPartition;

/**
 * Where every record went, per route and partition: {@code consumed = delivered + filtered + dropped + dead-lettered + expired + in
 * flight}. Consumed is counted when a batch is handed to the route, the outcomes when it is settled; what is abandoned counts as not consumed.
 */
public final class Ledger {
    private static final Object LOCK = new Object();

    private final ConcurrentMap<Key, Account> accounts = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, Calls> calls = new ConcurrentHashMap<>();
    private final List<Consumer<Account>> listeners = new CopyOnWriteArrayList<>();

    /** The ledger of this context; made on the first call. */
    public static Ledger of(CamelContext context) {
        synchronized (LOCK) {
            Ledger ledger = context.getCamelContextExtension().getContextPlugin(Ledger.class);
            if (ledger == null) {
                ledger = new Ledger();
                context.getCamelContextExtension().addContextPlugin(Ledger.class, ledger);
            }
            return ledger;
        }
    }

    public Account account(String route, TopicPartition partition) {
        return accounts.computeIfAbsent(new Key(route, partition), key -> {
            Account account = new Account(key.route(), key.partition());
            listeners.forEach(listener -> listener.accept(account));
            return account;
        });
    }

    /** The accounts of one route that there are now. */
    public List<Account> accounts(String route) {
        return accounts.values().stream()
                .filter(account -> account.route().equals(route))
                .toList();
    }

    /** What a route has called, beside the accounts of its partitions. */
    public Calls calls(String route) {
        return calls.computeIfAbsent(route, name -> new Calls());
    }

    /** Calls the listener for every account there is and will be; for meters. May name an account twice. */
    public void onAccount(Consumer<Account> listener) {
        listeners.add(listener);
        accounts.values().forEach(listener);
    }

    /** The accounts as they are now, ordered by route, topic and partition. */
    public List<Entry> entries() {
        return accounts.values().stream()
                .map(Account::entry)
                .sorted(Comparator.comparing(Entry::route)
                        .thenComparing(Entry::topic)
                        .thenComparingInt(Entry::partition))
                .toList();
    }

    private record Key(String route, TopicPartition partition) {}

    /** One line of the ledger, all in records. */
    public record Entry(
            String route,
            String topic,
            int partition,
            long consumed,
            long delivered,
            long filtered,
            long dropped,
            long deadLettered,
            long expired,
            long inFlight) {

        public boolean balanced() {
            return consumed == delivered + filtered + dropped + deadLettered + expired + inFlight;
        }
    }

    /** The counters of one route and partition. Written by one consumer's poll thread, read by anyone. */
    public static final class Account {
        private static final long UNKNOWN = -1;

        private final String route;
        private final TopicPartition partition;
        private final LongAdder consumed = new LongAdder();
        private final LongAdder delivered = new LongAdder();
        private final LongAdder filtered = new LongAdder();
        private final LongAdder dropped = new LongAdder();
        private final LongAdder deadLettered = new LongAdder();
        private final LongAdder expired = new LongAdder();
        private final LongAdder inFlight = new LongAdder();
        private final LongAdder polled = new LongAdder();
        private final LongAdder committed = new LongAdder();
        private volatile long lag = UNKNOWN;

        private Account(String route, TopicPartition partition) {
            this.route = route;
            this.partition = partition;
        }

        void handedOut(int records) {
            consumed.add(records);
            inFlight.add(records);
        }

        void settled(Outcomes outcomes) {
            delivered.add(outcomes.delivered());
            filtered.add(outcomes.filtered());
            dropped.add(outcomes.dropped());
            deadLettered.add(outcomes.deadLettered());
            inFlight.add(-outcomes.total());
        }

        void abandoned(int records) {
            consumed.add(-records);
            inFlight.add(-records);
        }

        void expired(long records) {
            consumed.add(records);
            expired.add(records);
        }

        void polled(int records) {
            polled.add(records);
        }

        void committed(long offsets) {
            committed.add(offsets);
        }

        void behind(long records) {
            lag = records;
        }

        void left() {
            lag = UNKNOWN;
        }

        public String route() {
            return route;
        }

        /** Records that the broker sent, those that were read again included. */
        public long polled() {
            return polled.sum();
        }

        /** Offsets that commits have passed. */
        public long committed() {
            return committed.sum();
        }

        /** Records that were behind what is settled when a member looked last; empty if the partition is none of this process. */
        public OptionalLong lag() {
            long behind = lag;
            return behind == UNKNOWN ? OptionalLong.empty() : OptionalLong.of(behind);
        }

        public TopicPartition partition() {
            return partition;
        }

        public Entry entry() {
            return new Entry(
                    route,
                    partition.topic(),
                    partition.partition(),
                    consumed.sum(),
                    delivered.sum(),
                    filtered.sum(),
                    dropped.sum(),
                    deadLettered.sum(),
                    expired.sum(),
                    inFlight.sum());
        }
    }
}
