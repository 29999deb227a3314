package dev.kafila.settings;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** The settings that every route out of Kafka has: decoding, batching, redelivery and what happens in the end. */
final class FlowKeys {

    private static final long KIB = 1024;
    private static final long MIB = KIB * KIB;
    private static final Duration MILLI = Duration.ofMillis(1);
    private static final Duration HOUR = Duration.ofHours(1);

    private final String prefix;

    /** @param prefix of the route, its dot included */
    FlowKeys(String prefix) {
        this.prefix = prefix;
    }

    Stream<Key> all() {
        return Stream.of(decoding(), batching(), redelivery(), failure()).flatMap(List::stream);
    }

    private List<Key> decoding() {
        ValueType<String> converter =
                Types.choiceOrClass("Connect converter", "string", "bytes", "json", "json-schema", "avro", "protobuf");
        String named =
                "`string`, `bytes`, `json`, `json-schema`, `avro`, `protobuf` or the class of a Connect converter";
        return List.of(
                key("key-converter", converter, "string", "How keys are read: " + named),
                family("key-converter.*", "Passed to the key's converter"),
                key("value-converter", converter, "string", "How values are read, in the same words"),
                family("value-converter.*", "Passed to the value's converter, such as `schema.registry.url`"),
                key(
                        "header-converter",
                        Types.choiceOrClass("Connect header converter", "string", "bytes"),
                        "string",
                        "How headers are read where they are: `string`, `bytes` or the class of a Connect header converter"),
                family("header-converter.*", "Passed to the headers' converter"),
                key(
                        "transforms",
                        Types.NAMES,
                        "",
                        "Single Message Transforms, as in Kafka Connect: their names, in order"),
                family("transforms.*", "As in Kafka Connect: `transforms.<name>.type` and its options"),
                key("predicates", Types.NAMES, "", "Predicates of transforms, as in Kafka Connect: their names"),
                family("predicates.*", "As in Kafka Connect: `predicates.<name>.type` and its options"),
                key(
                        "filter",
                        Types.TEXT,
                        "",
                        "An EventBridge pattern over the record, in JSON; what does not match is filtered"));
    }

    private List<Key> batching() {
        return List.of(
                key("batch", Types.BOOLEAN, "true", "`false`: one record an invocation, and not in an array"),
                key("batch-size", Types.integer(1, 10_000), "100", "Most records of a batch"),
                key(
                        "batch-bytes",
                        Types.size(1, 1024 * MIB),
                        "5 MiB",
                        "Most bytes of a batch, as they came from Kafka"),
                key(
                        "linger",
                        Types.duration(Duration.ZERO, HOUR),
                        "500ms",
                        "How long a batch that is not full waits; `0`: not at all"),
                key(
                        "buffer-bytes",
                        Types.size(MIB, 1024 * 1024 * MIB),
                        "64 MiB",
                        "Most bytes held in memory, over all partitions; 1 MiB at least"),
                key(
                        "max-in-flight",
                        Types.integer(1, 10_000),
                        "16",
                        "Most batches being delivered at once, one of a partition"),
                key(
                        "drain-timeout",
                        Types.duration(MILLI, HOUR),
                        "30s",
                        "How long a stop, a reload or a rebalance waits for calls that are out; below half of `max.poll.interval.ms`"),
                key(
                        "starting-position",
                        Types.STARTING_POSITION,
                        "earliest",
                        "Where a new group starts: `earliest`, `latest` or a time such as `2026-01-31T06:00:00Z`"));
    }

    private List<Key> redelivery() {
        return List.of(
                key(
                        "max-attempts",
                        Types.integer(1, 1_000_000),
                        "6",
                        "Requests on the wire for one batch, the first included"),
                key("retry-delay", Types.duration(Duration.ZERO, HOUR), "500ms", "Before the second attempt"),
                key(
                        "retry-backoff",
                        Types.decimal(1, 100),
                        "2.0",
                        "Each further delay is this many times the one before"),
                key("retry-delay-max", Types.duration(Duration.ZERO, HOUR.multipliedBy(24)), "60s", "Longest delay"),
                key(
                        "retry-status",
                        Types.STATUSES,
                        "500,502,503,504",
                        "HTTP statuses worth another attempt; throttling, connection errors and timeouts always are"),
                key("bisect", Types.BOOLEAN, "false", "A batch that fails is halved, down to the record that fails"),
                key(
                        "max-record-age",
                        Types.duration(MILLI, Duration.ofDays(36_500)),
                        "",
                        "Records whose timestamp is older are given up as `on-failure` says; unset: none is"));
    }

    private List<Key> failure() {
        return List.of(
                key(
                        "on-failure",
                        Types.choice("stop-partition", "stop", "drop", "dead-letter", "retry"),
                        "stop-partition",
                        "When attempts are used up: `stop-partition`, `stop` (the route), `drop`, `dead-letter` or `retry` (for ever)"),
                key("dead-letter", Types.ENDPOINT, "", "Any Camel endpoint, such as `kafka:orders-dlt`")
                        .asSecret(),
                Key.ofTopicSize(prefix + "dead-letter-partitions", "partitions", 100_000),
                Key.ofTopicSize(prefix + "dead-letter-replication", "replicas", 1_000));
    }

    private Key family(String name, String meaning) {
        return key(name, Types.TEXT, "", meaning).asSecret();
    }

    private Key key(String name, ValueType<?> type, String defaultValue, String meaning) {
        return Key.of(prefix + name, type, defaultValue, meaning);
    }
}
