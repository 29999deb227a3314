package dev.kafila.faults.proof;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The settings of the instances, with times short enough for a run of minutes. */
final class FleetSettings {
    static final int BATCH = 100;
    private static final Duration SESSION = Duration.ofSeconds(6);

    private static final int DRAIN_SECONDS = 4;
    private static final int REQUEST_BYTES = 128 * 1024;

    private FleetSettings() {}

    static Map<String, String> of(String brokers, Endpoint endpoint) {
        Map<String, String> all = new TreeMap<>(Map.of(
                "kafila.kafka.brokers", brokers,
                "kafila.kafka.properties.heartbeat.interval.ms", "1000",
                "kafila.kafka.properties.session.timeout.ms", String.valueOf(SESSION.toMillis()),
                "kafila.kafka.properties.max.poll.interval.ms", "10000",
                "kafila.kafka.properties.metadata.max.age.ms", "2000",
                "kafila.aws.endpoint", endpoint.address().toString(),
                "kafila.aws.region", "eu-central-1",
                "kafila.aws.secret-access-key", "proof"));
        flow(all, "kafila.lambda.", Flow.LAMBDA);
        all.putAll(Map.of(
                "kafila.lambda.function", Endpoint.FUNCTION,
                "kafila.lambda.format", "plain",
                "kafila.lambda.batch-bytes", String.valueOf(REQUEST_BYTES / 2),
                "kafila.lambda.report-batch-item-failures", "true",
                "kafila.lambda.timeout", "15s"));
        flow(all, "kafila.eventbridge.", Flow.EVENTBRIDGE);
        all.putAll(Map.of(
                "kafila.eventbridge.bus", Endpoint.BUS,
                "kafila.eventbridge.ordered", "true",
                "kafila.eventbridge.time", "record",
                "kafila.eventbridge.timeout", "5s"));
        all.putAll(Map.of(
                "kafila.mapping.enabled", "true",
                "kafila.mapping.drain-timeout", DRAIN_SECONDS + "s",
                "kafila.mapping.timeout", "15s",
                "kafila.mapping.scaling-interval", "1s",
                "kafila.mapping.probe-interval", "2s"));
        return all;
    }

    /** What promises depend on. */
    static Limits limits() {
        Map<Flow, Integer> batch = Stream.of(Flow.values()).collect(Collectors.toMap(flow -> flow, flow -> BATCH));
        return new Limits(batch, SESSION, Duration.ofSeconds(DRAIN_SECONDS));
    }

    private static void flow(Map<String, String> all, String prefix, Flow flow) {
        Map.of(
                        "topics",
                        Orders.TOPIC,
                        "group",
                        flow.group(),
                        "batch-size",
                        String.valueOf(BATCH),
                        "linger",
                        "50ms",
                        "drain-timeout",
                        DRAIN_SECONDS + "s",
                        "value-converter",
                        "json",
                        "payload-limit",
                        String.valueOf(REQUEST_BYTES),
                        "on-failure",
                        "dead-letter",
                        "dead-letter",
                        "kafka:" + flow.deadLetters())
                .forEach((name, value) -> all.put(prefix + name, value));
        // More than all storms together.
        all.put(prefix + "max-attempts", "100000");
        all.put(prefix + "retry-delay", "100ms");
        all.put(prefix + "retry-delay-max", "1s");
    }
}
