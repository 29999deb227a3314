package dev.kafila.settings;

import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The settings of requests into Kafka. */
final class GatewayKeys {

    static final String PREFIX = "kafila.gateway.";

    /** What the names of schemas are made of. */
    private static final Predicate<String> NAME =
            Pattern.compile("(?!.*\\.\\.)([\\w.:/-]|\\$\\{topic})+").asMatchPredicate();

    private GatewayKeys() {}

    static Stream<Key> all() {
        return Stream.of(
                        route().stream(),
                        http().stream(),
                        schemas().stream(),
                        repetition().stream(),
                        AwsKeys.all(PREFIX + "aws."))
                .flatMap(keys -> keys);
    }

    private static List<Key> route() {
        return List.of(
                key(
                        "topics",
                        Types.TOPIC_NAMES,
                        "",
                        "The topics that requests may write to, separated by commas; the route exists when this is set"),
                key(
                        "timeout",
                        Types.duration(Duration.ofMillis(100), Duration.ofMinutes(15)),
                        "10s",
                        "For one request, from its validation to the acknowledgement of the last record"),
                key(
                        "max-in-flight",
                        Types.integer(1, 100_000),
                        "256",
                        "Most HTTP requests at once; those beyond it are answered 503"),
                key("batch-limit", Types.integer(1, 100_000), "1000", "Most requests in one array"),
                key(
                        "verbose",
                        Types.BOOLEAN,
                        "false",
                        "Whether answers name topic, partition and offset; a request may say otherwise"));
    }

    private static List<Key> http() {
        return List.of(
                key("http", Types.BOOLEAN, "true", "Whether requests come over HTTP, too, and not only by `direct:`"),
                key(
                        "host",
                        Types.text("a host name or an IP address", host -> host.matches("[\\w.:-]+")),
                        "127.0.0.1",
                        "Where HTTP is listened for"),
                key("port", Types.integer(0, 65_535), "8080", "Where HTTP is listened for; 0: a free port"),
                key(
                        "max-body-bytes",
                        Types.size(1, 1 << 30),
                        "1 MiB",
                        "Longest body of an HTTP request; longer ones are answered 413"),
                key(
                                "api-keys",
                                Types.text(
                                        "keys of at least 16 printable characters, separated by commas",
                                        keys -> keys.matches("[!-+\\--~]{16,}(\\s*,\\s*[!-+\\--~]{16,})*")),
                                "",
                                "One of them must come with each HTTP request, as `X-Api-Key` or as bearer token; unset: nobody is asked")
                        .asSecret());
    }

    private static List<Key> schemas() {
        return List.of(
                key(
                        "schemas",
                        Types.choice("glue", "confluent", "directory"),
                        "glue",
                        "Where schemas are: `glue` (AWS), `confluent` (or a registry with its API), or a `directory` of `.proto` files"),
                key(
                        "schema-name",
                        Types.text("a name with ${topic} in it where the topic belongs", NAME),
                        "",
                        "Of the schema of a topic; unset: `${topic}`, for `confluent` the subject `${topic}-value`"),
                key(
                        "schema-refresh",
                        Types.duration(Duration.ofSeconds(1), Duration.ofDays(1)),
                        "5m",
                        "After which the latest version is looked for again; a field that is not known asks sooner"),
                key("registry", Types.TEXT, "default-registry", "Name of the registry in `glue`"),
                key(
                                "confluent.*",
                                Types.TEXT,
                                "",
                                "How the `confluent` registry is reached, by the names of Confluent's clients: `confluent.schema.registry.url`;"
                                        + " in the environment `_` stands for `.`")
                        .asSecret(),
                key("schema-directory", Types.TEXT, "", "Where `<schema name>.proto` and what it imports are"),
                key(
                        "messages",
                        Types.text(
                                "topic=message once for each topic, separated by commas",
                                text -> text.matches(
                                        "\\s*[\\w.-]+\\s*=\\s*[\\w.]+\\s*(,\\s*[\\w.-]+\\s*=\\s*[\\w.]+\\s*)*")),
                        "",
                        "Message of a topic's schema, as `orders=shop.Order,returns=Return`; unset: the first of the file"),
                key(
                        "framing",
                        Types.choice("raw", "glue", "confluent"),
                        "raw",
                        "What stands before the message: nothing (`raw`), or what consumers of `glue` or `confluent` look for"));
    }

    private static List<Key> repetition() {
        return List.of(
                key(
                        "idempotency-window",
                        Types.duration(Duration.ZERO, Duration.ofDays(1)),
                        "10m",
                        "For which a request with the idempotency key of one that was published is not published again; 0s: off"),
                key(
                        "idempotency-keys",
                        Types.integer(1, 10_000_000),
                        "100000",
                        "Most idempotency keys that are remembered; the oldest go first"));
    }

    private static Key key(String name, ValueType<?> type, String defaultValue, String meaning) {
        return Key.of(PREFIX + name, type, defaultValue, meaning);
    }
}
