package dev.kafila.settings;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** The settings of the route {@code kafka-to-lambda}. */
final class LambdaKeys {

    static final String PREFIX = "kafila.lambda.";

    private LambdaKeys() {}

    static Stream<Key> all() {
        return Stream.of(
                        route().stream(),
                        payload().stream(),
                        new FlowKeys(PREFIX).all(),
                        answers().stream(),
                        AwsKeys.all(PREFIX + "aws."))
                .flatMap(keys -> keys);
    }

    private static List<Key> route() {
        return List.of(
                key(
                        "topics",
                        Types.TOPICS,
                        "",
                        "The route exists when this is set: names separated by commas, or one pattern as `/orders-.*/`"),
                key("group", Types.GROUP, "kafila-lambda", "The consumer group"),
                key(
                        "function",
                        Types.FUNCTIONS,
                        "",
                        "Name or ARN; with `${topic}` in it, or as `orders=f,customers=g,*=h`, one for each topic"),
                key("qualifier", Types.QUALIFIER, "", "A version or an alias"),
                key(
                        "invocation-type",
                        Types.choice("sync", "async"),
                        "sync",
                        "`async`: AWS queues the payload and answers at once"),
                key(
                        "timeout",
                        Types.duration(Duration.ofMillis(100), Duration.ofHours(1)),
                        "300s",
                        "Of one call; a function may run for 15 minutes"),
                key(
                        "validate",
                        Types.BOOLEAN,
                        "true",
                        "Whether the function and the permission to invoke it are checked at start"));
    }

    private static List<Key> payload() {
        ValueType<String> visibility = Types.choice("min", "none", "all");
        return List.of(
                key(
                        "format",
                        Types.choiceOrBean("RecordFormatter", "esm", "plain", "json", "confluent", "raw"),
                        "esm",
                        "`esm` (as an event source mapping), `plain`, `json`, `confluent`, `raw` (the values alone), a bean as `#name` or a class"),
                key(
                        "schema-visibility.key",
                        visibility,
                        "min",
                        "How much of the key's schema `json` sends: `none`, `min` (name and version) or `all`"),
                key("schema-visibility.value", visibility, "min", "The same for the value's schema"),
                key(
                        "include-headers",
                        Types.BOOLEAN,
                        "false",
                        "Whether `plain` and `json` carry the record's headers; `esm` and `confluent` always do"),
                key(
                        "payload-limit",
                        Types.size(1024, 1 << 30),
                        "",
                        "Most bytes of one request; unset: 6,291,556, or 1 MiB with `invocation-type=async`"));
    }

    private static List<Key> answers() {
        return List.of(
                key(
                        "report-batch-item-failures",
                        Types.BOOLEAN,
                        "false",
                        "Whether the function names the records that failed, as `batchItemFailures`; only those come again"),
                key("response-topic", Types.TOPIC, "", "Where answers of synchronous calls go, one for each record"),
                key(
                        "error-topic",
                        Types.TOPIC,
                        "",
                        "Where records go that a synchronous call gave up, besides what `on-failure` does"),
                topicSize("response-topic-partitions", "partitions", 100_000),
                topicSize("response-topic-replication", "replicas", 1_000),
                topicSize("error-topic-partitions", "partitions", 100_000),
                topicSize("error-topic-replication", "replicas", 1_000),
                key("reporter-brokers", Types.BROKERS, "", "The cluster of both topics; unset: the same"),
                key(
                                "reporter.*",
                                Types.TEXT,
                                "",
                                "Kafka client properties for both topics, such as `security.protocol`")
                        .asSecret());
    }

    private static Key topicSize(String name, String of, int most) {
        return Key.ofTopicSize(PREFIX + name, of, most);
    }

    private static Key key(String name, ValueType<?> type, String defaultValue, String meaning) {
        return Key.of(PREFIX + name, type, defaultValue, meaning);
    }
}
