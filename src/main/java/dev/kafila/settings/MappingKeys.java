package dev.kafila.settings;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** The settings of event source mappings and of the API that makes them. */
final class MappingKeys {

    static final String PREFIX = "kafila.mapping.";
    static final String ACCESS_KEYS = PREFIX + "access-keys.";
    static final String SECRETS = PREFIX + "secrets.";
    static final String CLUSTERS = PREFIX + "clusters.";

    private MappingKeys() {}

    static Stream<Key> all() {
        return Stream.of(
                        api().stream(),
                        shared().stream(),
                        allowed().stream(),
                        pollers().stream(),
                        AwsKeys.all(PREFIX + "aws."))
                .flatMap(keys -> keys);
    }

    private static List<Key> api() {
        return List.of(
                key("enabled", Types.BOOLEAN, "false", "Whether this instance serves the API and runs mappings"),
                key(
                        "host",
                        Types.text("a host name or an IP address", host -> host.matches("[\\w.:-]+")),
                        "127.0.0.1",
                        "Where the API listens; anything but a loopback address needs `kafila.mapping.access-keys.*`"),
                key("port", Types.integer(0, 65_535), "9877", "Where the API listens; 0: a free port"),
                key(
                                "access-keys.*",
                                Types.TEXT,
                                "",
                                "The secret access key of each access key id that may use the API; once there is one, every request must be"
                                        + " signed (Signature Version 4)")
                        .asSecret(),
                key(
                        "account",
                        Types.text("an account of 12 digits", account -> account.matches("\\d{12}")),
                        "000000000000",
                        "The account in the ARNs of functions that are named without one, and of mappings"));
    }

    private static List<Key> shared() {
        return List.of(
                key(
                        "topic",
                        Types.TOPIC,
                        "kafila-event-source-mappings",
                        "Where mappings live, on the cluster of `kafila.kafka.*`; created if missing, compacted, with one partition"),
                Key.ofTopicSize(PREFIX + "topic-replication", "replicas", 32_767),
                key(
                        "group",
                        Types.GROUP,
                        "kafila-event-source-mappings",
                        "The consumer group by which the instances agree on who writes states"));
    }

    private static List<Key> allowed() {
        return List.of(
                key(
                        "brokers",
                        Types.BROKERS,
                        "",
                        "Brokers that a mapping may name, as `host:port`, with a protocol in front where it is not the usual one"
                                + " (`SASL_PLAINTEXT://host:port`); unset: those of `kafila.kafka.brokers`"),
                key(
                        "clusters.*",
                        Types.TEXT,
                        "",
                        "MSK clusters that a mapping may name: `clusters.<name>.arn` and `clusters.<name>.brokers`"),
                key(
                        "registries",
                        Types.TEXT,
                        "",
                        "Schema registries that a mapping may name, separated by commas: URLs, or patterns of Glue ARNs with `*`; unset: none"),
                key(
                                "secrets.*",
                                Types.TEXT,
                                "",
                                "Secrets that a mapping may name: `secrets.<name>.username` and `.password`, or `.certificate`,"
                                        + " `.key` (PEM) and its `.passphrase`")
                        .asSecret(),
                key(
                        "secret-arns",
                        Types.TEXT,
                        "",
                        "Patterns, with `*`, of ARNs of AWS Secrets Manager that a mapping may name, separated by commas; unset: none"),
                key(
                        "functions",
                        Types.TEXT,
                        "*",
                        "Patterns, with `*`, of ARNs of functions that a mapping may name, separated by commas"),
                key(
                        "destinations",
                        Types.TEXT,
                        "*",
                        "Patterns, with `*`, of on-failure destinations that a mapping may name, separated by commas"));
    }

    private static List<Key> pollers() {
        return List.of(
                key(
                        "timeout",
                        Types.duration(Duration.ofMillis(100), Duration.ofHours(1)),
                        "15m",
                        "Of one call; a function runs at most 15 minutes"),
                key(
                        "max-in-flight",
                        Types.integer(1, 1_000),
                        "5",
                        "Most calls at once of one poller, which has one for a partition at most"),
                key("buffer-bytes", Types.size(1L << 20, 1L << 31), "32 MiB", "Most that one poller buffers"),
                key(
                        "drain-timeout",
                        Types.duration(Duration.ZERO, Duration.ofHours(1)),
                        "30s",
                        "How long calls may go on when a mapping changes, or the process stops"),
                key(
                        "max-pollers",
                        Types.integer(1, 2_000),
                        "200",
                        "Most pollers of one mapping whose request does not say"),
                key(
                        "probe-interval",
                        Types.duration(Duration.ofMillis(100), Duration.ofHours(1)),
                        "60s",
                        "How long a mapping waits that cannot work as things are, such as without its function or its topic, before it tries again"),
                key(
                        "scaling-interval",
                        Types.duration(Duration.ofMillis(100), Duration.ofHours(1)),
                        "60s",
                        "How often lag is looked at to add or take away pollers"));
    }

    private static Key key(String name, ValueType<?> type, String defaultValue, String meaning) {
        return Key.of(PREFIX + name, type, defaultValue, meaning);
    }
}
