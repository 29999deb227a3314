package dev.kafila.settings;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What has to fit together among the settings that every route out of Kafka has. */
final class FlowCheck {

    private static final Pattern KAFKA_ENDPOINT = Pattern.compile("kafka:(?://)?([^?]+)(?:\\?(.*))?");

    private final Values values;
    private final Problems problems;
    private final String prefix;

    /** @param prefix of the route's settings, its dot included */
    FlowCheck(Values values, Problems problems, String prefix) {
        this.values = values;
        this.problems = problems;
        this.prefix = prefix;
    }

    /** @param maxPollIntervalMs empty when nobody can say */
    void run(Optional<Integer> maxPollIntervalMs) {
        retries();
        age();
        deadLetter();
        maxPollIntervalMs.ifPresent(this::drain);
    }

    /** @param batchBytes most bytes of a batch */
    void buffer(long batchBytes) {
        if (batchBytes > values.size(name("buffer-bytes"))) {
            wrong(
                    "buffer-bytes",
                    "must hold at least one batch: " + name("batch-bytes") + " is " + Sizes.text(batchBytes));
        }
    }

    private void retries() {
        if (areRight("retry-delay", "retry-delay-max")
                && values.duration(name("retry-delay")).compareTo(values.duration(name("retry-delay-max"))) > 0) {
            wrong(
                    "retry-delay",
                    "must not be longer than " + name("retry-delay-max") + ", which is " + text("retry-delay-max"));
        }
    }

    /** Whoever tries for ever never gives up. */
    private void age() {
        if (areRight("on-failure", "max-record-age")
                && !text("max-record-age").isEmpty()
                && "retry".equals(text("on-failure"))) {
            wrong(
                    "max-record-age",
                    "gives records up as " + name("on-failure") + " says, and retry never does; use drop");
        }
    }

    /** A rebalance waits for calls that are out on the thread that polls. */
    private void drain(int maxPollIntervalMs) {
        boolean meant = !text("topics").isEmpty() || values.isChosen(name("drain-timeout"));
        if (meant
                && areRight("drain-timeout")
                && values.duration(name("drain-timeout")).toMillis() * 2 >= maxPollIntervalMs) {
            wrong("drain-timeout", "must be below half of max.poll.interval.ms, which is " + maxPollIntervalMs + "ms");
        }
    }

    private void deadLetter() {
        if (!areRight("on-failure", "dead-letter", "topics")) {
            return;
        }
        if ("dead-letter".equals(text("on-failure")) && text("dead-letter").isEmpty()) {
            missing(
                    "dead-letter",
                    "is required, because " + name("on-failure") + " is dead-letter; such as kafka:orders-dlt");
        }
        Matcher kafka = KAFKA_ENDPOINT.matcher(text("dead-letter"));
        for (String size : List.of("dead-letter-partitions", "dead-letter-replication")) {
            if (!text(size).isEmpty() && !kafka.matches()) {
                wrong(size, "has no effect unless " + name("dead-letter") + " is a topic, such as kafka:orders-dlt");
            }
        }
        if (kafka.matches()
                && isSameCluster(kafka.group(2))
                && values.topics(name("topics")).include(kafka.group(1))) {
            wrong("dead-letter", "is a topic that the route reads: its dead letters would come back to it for ever");
        }
    }

    /** @param query of the endpoint; may be null */
    private static boolean isSameCluster(String query) {
        return query == null || !Pattern.compile("(^|&)brokers=").matcher(query).find();
    }

    boolean areRight(String... names) {
        return Arrays.stream(names).map(this::name).allMatch(values::areRight);
    }

    void wrong(String name, String problem) {
        problems.add(values.setting(name(name)), problem);
    }

    /** A setting that is missing, and what would be right. */
    void missing(String name, String problem) {
        problems.add(name(name), problem);
    }

    String text(String name) {
        return values.text(name(name));
    }

    String name(String name) {
        return prefix + name;
    }
}
