package dev.kafila.management;

import dev.kafila.batch.Ledger;
import dev.kafila.batch.PartitionControl;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.kafka.common.TopicPartition;

/** The partitions of every consumer of this application: what was done with them, and which are stopped. */
final class Partitions {
    private static final Comparator<TopicPartition> BY_NAME =
            Comparator.comparing(TopicPartition::topic).thenComparingInt(TopicPartition::partition);

    private final CamelContext context;

    Partitions(CamelContext context) {
        this.context = context;
    }

    /** The partitions that wait to be resumed, with the reason. */
    Map<TopicPartition, String> stopped() {
        Map<TopicPartition, String> stopped = new TreeMap<>(BY_NAME);
        controls().forEach(control -> stopped.putAll(control.stoppedPartitions()));
        return stopped;
    }

    /** Resumes the partition in every consumer that has stopped it; returns whether one had. */
    boolean resume(TopicPartition partition) {
        boolean resumed = false;
        for (PartitionControl control : controls().toList()) {
            resumed |= control.resumePartition(partition);
        }
        return resumed;
    }

    List<Ledger.Entry> ledger() {
        return new ArrayList<>(Ledger.of(context).entries());
    }

    /** Reads {@code orders-eu-3}: what is before the last dash is the topic. Empty if it is not a partition's name. */
    static Optional<TopicPartition> parse(String name) {
        int dash = name.lastIndexOf('-');
        String number = name.substring(dash + 1);
        if (dash < 1
                || number.isEmpty()
                || number.length() > 9
                || !number.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return Optional.empty();
        }
        return Optional.of(new TopicPartition(name.substring(0, dash), Integer.parseInt(number)));
    }

    private Stream<PartitionControl> controls() {
        return context.getRoutes().stream()
                .map(route -> route.getConsumer())
                .filter(PartitionControl.class::isInstance)
                .map(PartitionControl.class::cast);
    }
}
