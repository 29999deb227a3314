package dev.kafila.mapping.store;

import dev.kafila.mapping.StateListener;
import dev.kafila.settings.MappingSettings.Polling;
import dev.kafila.settings.MappingSettings.Shared;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.ConsumerGroupState;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** This instance as a member of the group: it decides for all of them while Kafka gives it the partition. */
final class Membership implements Loop.Work {
    private static final Logger LOG = LoggerFactory.getLogger(Membership.class);
    private static final Duration POLL = Duration.ofMillis(250);
    private static final long LOOK_NANOS = Duration.ofSeconds(1).toNanos();

    private final KafkaMappingStore store;
    private final Shared shared;
    private final String instance;
    private final Polling polling;
    private final StateListener listener;
    private final Clock clock;

    private Consumer<byte[], byte[]> consumer;
    private Owner owner;
    private Set<String> live = Set.of();
    private long looked;

    Membership(
            KafkaMappingStore store,
            Shared shared,
            String instance,
            Polling polling,
            StateListener listener,
            Clock clock) {
        this.store = store;
        this.shared = shared;
        this.instance = instance;
        this.polling = polling;
        this.listener = listener;
        this.clock = clock;
    }

    @Override
    public void step() {
        if (!ownsPartition()) {
            owner = null;
            return;
        }
        if (owner == null) {
            takeOver();
        }
        if (System.nanoTime() - looked > LOOK_NANOS) {
            look();
        }
        // An instance that has only just joined may not be a member for everybody yet.
        if (live.contains(instance)) {
            decide();
        }
    }

    private boolean ownsPartition() {
        try {
            if (consumer == null) {
                consumer = store.clients().member(shared.group(), instance);
                consumer.subscribe(List.of(shared.topic()));
            }
            consumer.poll(POLL);
            // Only who has the partition matters; what is in it the log reads.
            consumer.pause(consumer.assignment());
            return !consumer.assignment().isEmpty();
        } catch (KafkaException e) {
            close();
            throw e;
        }
    }

    private void takeOver() {
        long term = store.now(MappingTable::lastTerm) + 1;
        owner = new Owner(term, instance, polling, clock);
        live = Set.of();
        looked = System.nanoTime() - 2 * LOOK_NANOS;
        LOG.info("This instance, {}, decides about event source mappings now, in term {}", instance, term);
    }

    /** While the group is changing, those count that were there before. */
    private void look() {
        try {
            ConsumerGroupDescription group = StoreTopic.get(store.admin()
                    .describeConsumerGroups(List.of(shared.group()))
                    .describedGroups()
                    .get(shared.group()));
            if (group.state() == ConsumerGroupState.STABLE) {
                Set<String> members = new TreeSet<>();
                group.members().stream()
                        .map(MemberDescription::clientId)
                        .filter(name -> name.startsWith(Coordinator.NAME))
                        .forEach(members::add);
                live = members;
            }
            looked = System.nanoTime();
        } catch (ExecutionException e) {
            throw new IllegalStateException(
                    "nobody says who is in the group " + shared.group() + ": "
                            + e.getCause().getMessage(),
                    e.getCause());
        }
    }

    private void decide() {
        Owner.Decision decision = owner.decide(store.ask(MappingTable::rows), live);
        if (!decision.writes().isEmpty()) {
            store.write(decision.writes());
        }
        decision.changes().forEach(change -> listener.changed(change.mapping(), change.before(), change.after()));
    }

    @Override
    public void close() {
        owner = null;
        if (consumer != null) {
            consumer.close(StoreClients.LONGEST);
            consumer = null;
        }
    }
}
