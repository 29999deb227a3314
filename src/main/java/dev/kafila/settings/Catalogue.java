package dev.kafila.settings;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Every setting that there is: what is not in here is refused. */
final class Catalogue {

    static final String PREFIX = "kafila.";

    static final List<Key> KEYS = Stream.of(
                    KafkaKeys.all(),
                    AwsKeys.all(AwsKeys.PREFIX),
                    LambdaKeys.all(),
                    EventBridgeKeys.all(),
                    MappingKeys.all(),
                    GatewayKeys.all(),
                    others())
            .flatMap(keys -> keys)
            .toList();

    private Catalogue() {}

    /** The setting of this name; a name of its own comes before a family's. */
    static Optional<Key> find(String name) {
        return Stream.concat(
                        KEYS.stream().filter(key -> !key.isFamily()),
                        KEYS.stream().filter(Key::isFamily))
                .filter(key -> key.covers(name))
                .findFirst();
    }

    /** Settings with a name of their own. */
    static Stream<Key> named() {
        return KEYS.stream().filter(key -> !key.isFamily());
    }

    private static Stream<Key> others() {
        return Stream.of(
                Key.of(PREFIX + "plugins", Types.TEXT, "", "Directory of extra jars; unset: `lib` beside the jar"),
                Key.of(
                        PREFIX + "log-format",
                        Types.choice("text", "json"),
                        "text",
                        "`text` or `json` (one object a line)"),
                Key.of(
                        PREFIX + "log-level",
                        Types.choice("debug", "info", "warn", "error"),
                        "info",
                        "Of Kafila and of what routes log: `debug`, `info`, `warn` or `error`"));
    }
}
