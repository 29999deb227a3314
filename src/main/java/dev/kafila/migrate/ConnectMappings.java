package dev.kafila.migrate;

import static dev.kafila.migrate.Mapping.lost;
import static dev.kafila.migrate.Mapping.needless;
import static dev.kafila.migrate.Mapping.special;

import dev.kafila.settings.SettingForm;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What every sink connector has from Connect itself: https://kafka.apache.org/39/documentation.html#sinkconnectconfigs */
final class ConnectMappings {
    private static final Map<Target, List<Mapping>> ALL = Arrays.stream(Target.values())
            .collect(Collectors.toUnmodifiableMap(Function.identity(), ConnectMappings::all));

    /** What is right where topics are to be filled in; a pattern would have to be encoded for an address. */
    static final String TOPICS = "topic names separated by commas";

    /** What is right where one topic is to be filled in. */
    static final String TOPIC = SettingForm.of("kafila.lambda.error-topic").text();

    private ConnectMappings() {}

    /** Those of a connector whose records go there. */
    static List<Mapping> of(Target target) {
        return ALL.get(target);
    }

    private static List<Mapping> all(Target target) {
        return Stream.of(
                        connector(target),
                        Decoding.mappings(target),
                        Errors.mappings(target),
                        ConsumerOverrides.mappings(target),
                        workers())
                .flatMap(List::stream)
                .toList();
    }

    private static List<Mapping> connector(Target target) {
        return List.of(
                special(
                        "name",
                        null,
                        target.setting("group"),
                        "`connect-` and the name, so that it goes on where the connector stopped",
                        ConnectMappings::group),
                needless(Connector.CLASS, "says what to import"),
                special("topics", null, target.setting("topics"), "", ConnectMappings::topics),
                special(
                        "topics.regex",
                        null,
                        target.setting("topics"),
                        "a pattern between slashes, `/orders-.*/`",
                        ConnectMappings::pattern));
    }

    /** What concerns workers, which there are none of. */
    private static List<Mapping> workers() {
        String own = "nothing here needs it";
        return List.of(
                needless("tasks.max.enforce", own),
                needless("config.action.reload", "placeholders are read at the start"),
                needless("connector.plugin.version", own),
                needless("key.converter.plugin.version", own),
                needless("value.converter.plugin.version", own),
                needless("header.converter.plugin.version", own),
                lost("producer.override.*", "dead letters are written with kafila.kafka.*"),
                lost("admin.override.*", "topics of dead letters are created with kafila.kafka.*"));
    }

    private static void group(Property property, Draft draft) {
        String setting = draft.target().setting("group");
        if (property.isOpen()) {
            draft.open(setting, property);
            return;
        }
        try {
            draft.set(setting, "connect-" + property.value(), property);
        } catch (ImportException e) {
            draft.write(setting, "connect-" + draft.slug(), property.name());
            draft.lost(
                    property,
                    "the group connect-" + draft.slug() + " is another than the connector's, as a group's name here "
                            + e.getMessage().replaceFirst(", not .*", "") + ": copy its offsets with"
                            + " kafka-consumer-groups.sh");
        }
    }

    private static void topics(Property property, Draft draft) {
        String setting = draft.target().setting("topics");
        if (property.isOpen()) {
            draft.open(setting, property, TOPICS);
        } else {
            draft.set(setting, property.value(), property);
        }
    }

    private static void pattern(Property property, Draft draft) {
        String setting = draft.target().setting("topics");
        if (property.isOpen()) {
            // What else it could have would have to be encoded for the address of a kamelet.
            draft.open(setting, property, "a regular expression of A-Z a-z 0-9 . * _ -");
        } else {
            draft.set(setting, "/" + property.value() + "/", property);
        }
        draft.writeSource("topicIsPattern", "true", property.name());
    }
}
