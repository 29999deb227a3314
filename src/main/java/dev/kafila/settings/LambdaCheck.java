package dev.kafila.settings;

import dev.kafila.lambda.Functions;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What has to fit together among the settings of the route to Lambda. */
final class LambdaCheck {

    private static final Pattern KAFKA_ENDPOINT = Pattern.compile("kafka:(?://)?([^?]+)(?:\\?(.*))?");

    private final Values values;
    private final Problems problems;

    LambdaCheck(Values values, Problems problems) {
        this.values = values;
        this.problems = problems;
    }

    /** @param maxPollIntervalMs empty when nobody can say */
    void run(Optional<Integer> maxPollIntervalMs) {
        function();
        qualifier();
        batch();
        bytes();
        retries();
        deadLetter();
        new AnswersCheck(values, problems).run();
        maxPollIntervalMs.ifPresent(this::drain);
    }

    private void function() {
        if (text("topics").isEmpty() || !areRight("function", "topics")) {
            return;
        }
        Functions functions = values.get(name("function"), Functions.class);
        if (functions == null) {
            problems.add(name("function"), "is required, because " + name("topics") + " is set");
            return;
        }
        Topics topics = values.topics(name("topics"));
        functions.problems(topics.names(), topics::include).forEach(problem -> wrong("function", problem));
    }

    private void qualifier() {
        if (areRight("function", "qualifier")
                && !text("qualifier").isEmpty()
                && !text("function").isEmpty()
                && values.get(name("function"), Functions.class).areQualified()) {
            wrong("qualifier", "is already part of " + name("function") + "; leave one of them out");
        }
    }

    private void batch() {
        if (areRight("batch", "batch-size") && !values.flag(name("batch")) && values.isChosen(name("batch-size"))) {
            wrong("batch-size", "has no effect with " + name("batch") + "=false; remove one of them");
        }
    }

    private void bytes() {
        if (!areRight("batch-bytes", "buffer-bytes", "payload-limit", "invocation-type")) {
            return;
        }
        LambdaPayload payload = new LambdaPayload(values);
        if (payload.batchBytes() > payload.limit()) {
            wrong(
                    "batch-bytes",
                    "must not be more than one request holds: " + name("payload-limit") + " is "
                            + Sizes.text(payload.limit()));
        }
        if (payload.batchBytes() > values.size(name("buffer-bytes"))) {
            wrong(
                    "buffer-bytes",
                    "must hold at least one batch: " + name("batch-bytes") + " is " + Sizes.text(payload.batchBytes()));
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

    /** A rebalance waits for calls that are out on the thread that polls. */
    private void drain(int maxPollIntervalMs) {
        if (areRight("drain-timeout") && values.duration(name("drain-timeout")).toMillis() * 2 >= maxPollIntervalMs) {
            wrong("drain-timeout", "must be below half of max.poll.interval.ms, which is " + maxPollIntervalMs + "ms");
        }
    }

    private void deadLetter() {
        if (!areRight("on-failure", "dead-letter", "topics")) {
            return;
        }
        if ("dead-letter".equals(text("on-failure")) && text("dead-letter").isEmpty()) {
            problems.add(
                    name("dead-letter"),
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

    private boolean areRight(String... names) {
        for (String name : names) {
            if (!values.areRight(name(name))) {
                return false;
            }
        }
        return true;
    }

    private void wrong(String name, String problem) {
        problems.add(values.setting(name(name)), problem);
    }

    private String text(String name) {
        return values.text(name(name));
    }

    private static String name(String name) {
        return LambdaKeys.PREFIX + name;
    }
}
