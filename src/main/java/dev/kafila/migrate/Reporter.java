package dev.kafila.migrate;

import static dev.kafila.migrate.Mapping.needless;
import static dev.kafila.migrate.Mapping.passed;
import static dev.kafila.migrate.Mapping.special;

import java.util.List;
import java.util.stream.Stream;

/** Confluent's Connect Reporter, which writes answers and errors to topics. */
final class Reporter {
    private static final String BROKERS = "reporter.bootstrap.servers";
    private static final String WITHOUT_ANSWER = "an asynchronous call has no answer to report";

    private Reporter() {}

    static List<Mapping> mappings() {
        List<Mapping> connection = List.of(
                special(BROKERS, null, "kafila.lambda.reporter-brokers", "", Reporter::brokers),
                passed("reporter.admin.", "kafila.lambda.reporter.", "Kafka client properties"),
                passed("reporter.producer.", "kafila.lambda.reporter.", "Kafka client properties"),
                passed("reporter.", "kafila.lambda.reporter.", "Kafka client properties"));
        return Stream.of(topic("result", "response", "success"), topic("error", "error", "error"), connection)
                .flatMap(List::stream)
                .toList();
    }

    private static List<Mapping> topic(String theirs, String ours, String suffix) {
        String begin = "reporter." + theirs + ".topic.";
        String setting = "kafila.lambda." + ours + "-topic";
        return List.of(
                special(
                        begin + "name",
                        "${connector}-" + suffix,
                        setting,
                        "`${connector}` is the connector's name",
                        (property, draft) -> name(property, draft, setting)),
                special(
                        begin + "partitions",
                        "1",
                        setting + "-partitions",
                        "",
                        (property, draft) -> size(property, draft, begin, setting + "-partitions")),
                special(
                        begin + "replication.factor",
                        "3",
                        setting + "-replication",
                        "",
                        (property, draft) -> size(property, draft, begin, setting + "-replication")),
                special(
                        begin + "key.format",
                        null,
                        "",
                        "the record's own key",
                        (property, draft) -> draft.needless(property, "the key is the record's own, as it came")),
                special(begin + "value.format", null, "", "always JSON", Reporter::valueFormat),
                needless(begin + "key.format.*", "options of a form that is not made here"),
                needless(begin + "value.format.*", "options of a form that is not made here"));
    }

    private static void name(Property property, Draft draft, String setting) {
        if (!isOn(draft, property.name())) {
            draft.needless(property, WITHOUT_ANSWER);
            return;
        }
        String name = property.value().replace("${connector}", draft.connector().name());
        Property topic = new Property(property.name(), name, property.given());
        if (topic.isOpen()) {
            draft.open(setting, topic);
        } else {
            draft.set(setting, name, topic);
        }
    }

    private static void brokers(Property property, Draft draft) {
        if (draft.sinkText("responseTopic").isEmpty()
                && draft.sinkText("errorTopic").isEmpty()) {
            draft.needless(property, "nothing is reported");
        } else {
            Mapping.same(BROKERS, "kafila.lambda.reporter-brokers").rule().apply(property, draft);
        }
    }

    /** Only a topic that is written to has partitions and replicas. */
    private static void size(Property property, Draft draft, String begin, String setting) {
        if (isOn(draft, begin + "name")) {
            Mapping.same(property.name(), setting).rule().apply(property, draft);
        } else {
            draft.needless(property, "nothing is reported to that topic");
        }
    }

    private static void valueFormat(Property property, Draft draft) {
        if (property.value().equals("json")) {
            draft.needless(property, "is JSON here as well");
        } else {
            draft.lost(property, "the value is always JSON: an object with the record's coordinates, key and answer");
        }
    }

    /** With brokers both topics are reported to, by default names if there are no others. */
    private static boolean isOn(Draft draft, String name) {
        return !draft.isBlank(name)
                && !(draft.text(BROKERS) + draft.text(name)).isEmpty()
                && !draft.sinkText("invocationType").equals("async");
    }
}
