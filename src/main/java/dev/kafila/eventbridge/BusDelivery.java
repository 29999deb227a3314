package dev.kafila.eventbridge;

import dev.kafila.batch.BatchLease;
import dev.kafila.delivery.Delivery;
import dev.kafila.delivery.Step;
import dev.kafila.failure.Part;
import dev.kafila.failure.Pending;
import dev.kafila.failure.Sink;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Delivers one batch to a bus. A step sends the requests of all parts whose time has come, many at once, and ends when each is answered;
 * if the bus is an ordered one, it sends one request of the first part.
 */
final class BusDelivery implements Delivery {
    private final BusTarget target;
    private final Map<Long, Entry> kept;

    /** @param kept entries of the batch that are made already, by offset; changes with every step */
    BusDelivery(BusTarget target, Map<Long, Entry> kept) {
        this.target = target;
        this.kept = kept;
    }

    @Override
    public Sink sink() {
        return target.sink();
    }

    @Override
    public Part first(Pending pending) {
        long now = System.nanoTime();
        return target.ordered()
                ? pending.head()
                : pending.parts().stream()
                        .min(Comparator.comparing(part -> part.timeLeft(now)))
                        .orElseThrow();
    }

    @Override
    public Step next(Pending pending, BatchLease lease) {
        List<Part> due = due(pending);
        for (Part part : due) {
            List<ConsumerRecord<byte[], byte[]>> old = target.age().over(part.records());
            if (!old.isEmpty()) {
                return inOrder(target.givingUp().expired(without(pending, Set.of(part)), part, old, target.age()));
            }
        }
        Round round = new Round(target, kept, without(pending, Set.copyOf(due)), lease);
        return inOrder(round.send(due));
    }

    private List<Part> due(Pending pending) {
        if (target.ordered()) {
            return List.of(pending.head());
        }
        long now = System.nanoTime();
        return pending.parts().stream()
                .filter(part -> part.timeLeft(now).compareTo(Duration.ZERO) <= 0)
                .toList();
    }

    private static Pending without(Pending pending, Set<Part> some) {
        return pending.withAll(
                pending.parts().stream().filter(part -> !some.contains(part)).toList());
    }

    private static Step inOrder(Step step) {
        List<Part> parts = new ArrayList<>(step.pending().parts());
        parts.sort(Comparator.comparing(part -> part.records().get(0).offset()));
        return new Step(step.pending().withAll(parts), step.end());
    }
}
