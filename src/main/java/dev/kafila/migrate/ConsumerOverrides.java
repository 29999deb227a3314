package dev.kafila.migrate;

import static dev.kafila.migrate.Mapping.choice;
import static dev.kafila.migrate.Mapping.needless;
import static dev.kafila.migrate.Mapping.same;
import static dev.kafila.migrate.Mapping.secret;
import static dev.kafila.migrate.Mapping.special;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What a connector changes of its consumer: the source's parameters, as far as there are any. */
final class ConsumerOverrides {
    private static final String THEIRS = "consumer.override.";
    private static final String OURS = "kafila.kafka.";

    private static final String NAME_CHECK = THEIRS + "ssl.endpoint.identification.algorithm";

    private ConsumerOverrides() {}

    static List<Mapping> mappings(Target target) {
        return Stream.of(group(target), connection(), others())
                .flatMap(List::stream)
                .toList();
    }

    private static List<Mapping> group(Target target) {
        return List.of(
                same(THEIRS + "group.id", target.setting("group")),
                choice(
                        THEIRS + "auto.offset.reset",
                        null,
                        target.setting("starting-position"),
                        "",
                        Map.of("earliest", "earliest", "latest", "latest")));
    }

    private static List<Mapping> connection() {
        return List.of(
                same(THEIRS + "bootstrap.servers", OURS + "brokers"),
                same(THEIRS + "security.protocol", OURS + "security-protocol"),
                same(THEIRS + "sasl.mechanism", OURS + "sasl-mechanism"),
                secret(THEIRS + "sasl.jaas.config", OURS + "sasl-jaas-config"),
                same(THEIRS + "ssl.truststore.location", OURS + "ssl-truststore-location"),
                secret(THEIRS + "ssl.truststore.password", OURS + "ssl-truststore-password"),
                same(THEIRS + "ssl.truststore.type", OURS + "ssl-truststore-type"),
                same(THEIRS + "ssl.keystore.location", OURS + "ssl-keystore-location"),
                secret(THEIRS + "ssl.keystore.password", OURS + "ssl-keystore-password"),
                same(THEIRS + "ssl.keystore.type", OURS + "ssl-keystore-type"),
                secret(THEIRS + "ssl.key.password", OURS + "ssl-key-password"),
                same(NAME_CHECK, OURS + "ssl-endpoint-algorithm"));
    }

    private static List<Mapping> others() {
        String own = "follows from how offsets are committed here";
        return List.of(
                needless(THEIRS + "max.poll.records", "a batch is bounded by batchSize"),
                needless(THEIRS + "enable.auto.commit", own),
                needless(THEIRS + "key.deserializer", own),
                needless(THEIRS + "value.deserializer", own),
                special(
                        THEIRS + "*",
                        null,
                        OURS + "properties.*",
                        "for every pipeline of the process",
                        (property, draft) -> draft.global(
                                OURS + "properties." + property.name().substring(THEIRS.length()), property)));
    }

    /** Set to nothing it switches the check of names off. */
    static void complete(Draft draft) {
        if (draft.isBlank(NAME_CHECK)) {
            draft.set(OURS + "ssl-endpoint-algorithm", "none", new Property(NAME_CHECK, "", true));
        }
    }
}
