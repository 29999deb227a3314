package dev.kafila.settings;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The settings of the route {@code kafka-to-eventbridge}. */
final class EventBridgeKeys {

    static final String PREFIX = "kafila.eventbridge.";

    /**
     * Each record is an entry of its own, a batch is many requests at once, {@code max-in-flight} counts requests, and a request that is
     * refused as a whole is always cut until the entry is found.
     */
    private static final Set<String> OTHERWISE =
            Set.of(PREFIX + "batch", PREFIX + "batch-size", PREFIX + "max-in-flight", PREFIX + "bisect");

    private EventBridgeKeys() {}

    static Stream<Key> all() {
        Stream<Key> flow = new FlowKeys(PREFIX).all().filter(key -> !OTHERWISE.contains(key.name()));
        return Stream.of(route().stream(), entry().stream(), offload().stream(), flow, AwsKeys.all(PREFIX + "aws."))
                .flatMap(keys -> keys);
    }

    private static List<Key> route() {
        return List.of(
                key(
                        "topics",
                        Types.TOPICS,
                        "",
                        "The route exists when this is set: names separated by commas, or one pattern as `/orders-.*/`"),
                key("group", Types.GROUP, "kafila-eventbridge", "The consumer group"),
                key("bus", Types.EVENT_BUS, "", "Name or ARN of the event bus"),
                key(
                        "endpoint-id",
                        Types.text(
                                "the ID of a global endpoint, such as abcde.veo",
                                id -> id.matches("[\\w-]+\\.[\\w-]+")),
                        "",
                        "ID of a global endpoint that the events are put on"),
                key(
                        "connector-id",
                        Types.text("a text of A-Z a-z 0-9 _ . + = , @ -", id -> id.matches("[\\w.+=,@-]{1,128}")),
                        "kafila",
                        "What `source` ends with, and the name of the session of an assumed role, unless they are set"),
                key("timeout", Types.duration(Duration.ofMillis(100), Duration.ofHours(1)), "30s", "Of one request"),
                key(
                        "batch-size",
                        Types.integer(1, 10_000),
                        "500",
                        "Most records of a batch, whose requests of ten are out together"),
                key(
                        "max-in-flight",
                        Types.integer(1, 10_000),
                        "64",
                        "Most requests at once, over all partitions; throttling lowers it for a while"),
                key("rate-limit", Types.integer(1, 1_000_000), "", "Most requests a second; unset: no limit"),
                key(
                        "ordered",
                        Types.BOOLEAN,
                        "false",
                        "`true`: a request of a partition waits until the one before is delivered"),
                key("validate", Types.BOOLEAN, "true", "Whether the bus is looked for at start"));
    }

    private static List<Key> entry() {
        return List.of(
                key("source", Types.TEXT, "", "The events' source; unset: `kafka-connect.<connector-id>`"),
                key(
                        "detail-type",
                        Types.TEXT,
                        "kafka-connect-${topic}",
                        "A text, with `${topic}` in it if wanted, `orders:type.a,customers:type.b`, or a JSONPath into the event"),
                key("resources", Types.TEXT, "", "The events' resources, separated by commas"),
                key(
                        "time",
                        Types.TEXT,
                        "",
                        "The events' time: `record` for the record's timestamp, or a JSONPath into the event; unset: EventBridge's"),
                key("trace-header", Types.TEXT, "", "Name of the record header that holds a trace header of X-Ray"),
                key(
                        "header-types",
                        Types.choice("string", "connect"),
                        "string",
                        "How header values are written: `string`, or `connect` for types guessed as in Kafka Connect"),
                key(
                        "payload-limit",
                        Types.size(1024, 1 << 30),
                        "1 MiB",
                        "What a request stays below, as EventBridge counts; 256 KiB until January 2026"));
    }

    private static List<Key> offload() {
        return List.of(
                key(
                        "offload.bucket",
                        Types.text(
                                "the name of an S3 bucket", name -> name.matches("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]")),
                        "",
                        "S3 bucket that values are put into instead of the event; unset: none is"),
                key(
                        "offload.when",
                        Types.choice("too-large", "always"),
                        "too-large",
                        "Which values: those that are `too-large` for a request, or `always`"),
                key(
                        "offload.path",
                        Types.text(
                                "a JSONPath that begins with $.detail.value",
                                path -> path.startsWith("$.detail.value")),
                        "$.detail.value",
                        "JSONPath of what goes there, at or below `$.detail.value`"));
    }

    private static Key key(String name, ValueType<?> type, String defaultValue, String meaning) {
        return Key.of(PREFIX + name, type, defaultValue, meaning);
    }
}
