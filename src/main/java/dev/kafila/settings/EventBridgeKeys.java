package dev.kafila.settings;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The settings of the route {@code kafka-to-eventbridge}, which is not built yet. */
final class EventBridgeKeys {

    static final String PREFIX = "kafila.eventbridge.";

    /** An entry of a bus is one record, and {@code max-in-flight} counts requests there. */
    private static final Set<String> OTHERWISE = Set.of(PREFIX + "batch", PREFIX + "max-in-flight");

    private EventBridgeKeys() {}

    static Stream<Key> all() {
        Stream<Key> flow = new FlowKeys(PREFIX).all().filter(key -> !OTHERWISE.contains(key.name()));
        return Stream.of(route().stream(), entry().stream(), flow, AwsKeys.all(PREFIX + "aws."))
                .flatMap(keys -> keys)
                .map(Key::asUnbuilt);
    }

    private static List<Key> route() {
        return List.of(
                key("topics", Types.TOPICS, "", "The route exists when this is set"),
                key("group", Types.TEXT, "kafila-eventbridge", "The consumer group"),
                key("bus", Types.TEXT, "", "Name or ARN"),
                key("endpoint-id", Types.TEXT, "", "Of a global endpoint"),
                key("connector-id", Types.TEXT, "", "Part of the source"),
                key("timeout", Types.duration(Duration.ofMillis(100), Duration.ofHours(1)), "", "Of one call"),
                key("max-in-flight", Types.integer(1, 10_000), "64", "Most requests at once"),
                key("rate-limit", Types.integer(1, 1_000_000), "", "Most entries a second"),
                key("ordered", Types.BOOLEAN, "false", "One request of a partition after another"),
                key("validate", Types.BOOLEAN, "true", "Whether the bus is checked at start"));
    }

    private static List<Key> entry() {
        return List.of(
                key("source", Types.TEXT, "", "The entry's source"),
                key("detail-type", Types.TEXT, "kafka-connect-${topic}", "The entry's detail type"),
                key("resources", Types.TEXT, "", "The entry's resources"),
                key("time", Types.TEXT, "", "The entry's time"),
                key("trace-header", Types.TEXT, "", "The entry's trace header"),
                key("header-types", Types.TEXT, "", "How headers are sent"),
                key("payload-limit", Types.size(1024, 1 << 30), "", "Most bytes of one request"),
                key("offload.bucket", Types.TEXT, "", "Where what is too large goes"),
                key("offload.when", Types.TEXT, "", "When it goes there"),
                key("offload.path", Types.TEXT, "", "What of it goes there"));
    }

    private static Key key(String name, ValueType<?> type, String defaultValue, String meaning) {
        return Key.of(PREFIX + name, type, defaultValue, meaning);
    }
}
