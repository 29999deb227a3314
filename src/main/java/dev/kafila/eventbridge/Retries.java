package dev.kafila.eventbridge;

import dev.kafila.delivery.Outcome.Retry;
import dev.kafila.failure.Part;
import dev.kafila.failure.RetryPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts together what of a wave may succeed later: records with the same history come again at the same time. One use, by one thread. */
final class Retries {
    private static final Logger LOG = LoggerFactory.getLogger(Retries.class);

    private final String target;
    private final RetryPolicy policy;
    private final Map<Part, List<Failed>> failed = new LinkedHashMap<>();

    /** @param bucket that did not take the uploads; null: the bus was asked */
    private record Failed(Part part, Retry why, String bucket) {
        String reason() {
            String reason = why.kind().label() + " (" + why.code() + ")";
            return bucket == null ? reason : reason + " of bucket " + bucket;
        }
    }

    /** @param target for the log */
    Retries(String target, RetryPolicy policy) {
        this.target = target;
        this.policy = policy;
    }

    /** @param bucket that did not take the uploads; null: the bus was asked */
    void add(Part part, Retry why, String bucket) {
        failed.computeIfAbsent(part.of(List.of()), history -> new ArrayList<>()).add(new Failed(part, why, bucket));
    }

    /** What waits for its next attempt, and how long. */
    List<Part> parts() {
        List<Part> parts = new ArrayList<>(failed.size());
        failed.forEach((history, together) -> parts.add(waiting(history, together)));
        return parts;
    }

    private Part waiting(Part history, List<Failed> together) {
        List<ConsumerRecord<byte[], byte[]>> records = together.stream()
                .flatMap(some -> some.part().records().stream())
                .sorted(Comparator.comparingLong(ConsumerRecord::offset))
                .toList();
        Part all = history.of(records);
        Duration delay = delay(all, together);
        LOG.warn(
                "{} of {} were not delivered to {}: {}, attempt {}; tried again in {} ms",
                records.size() == 1 ? "1 record" : records.size() + " records",
                all.coordinates(),
                target,
                together.stream().map(Failed::reason).distinct().collect(Collectors.joining(", ")),
                all.attempts(),
                delay.toMillis());
        return all.after(delay, System.nanoTime());
    }

    /** The longest that AWS asks for. */
    private Duration delay(Part all, List<Failed> together) {
        return together.stream()
                .map(some -> some.why().after())
                .filter(Objects::nonNull)
                .max(Comparator.naturalOrder())
                .orElseGet(() -> policy.delayAfter(
                        all.attempts(), ThreadLocalRandom.current().nextDouble()));
    }
}
