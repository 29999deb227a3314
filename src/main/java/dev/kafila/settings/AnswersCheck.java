package dev.kafila.settings;

import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What has to fit together among the settings of what a function answers. */
final class AnswersCheck {

    private static final List<String> TOPICS = List.of("response-topic", "error-topic");

    private final Values values;
    private final Problems problems;

    AnswersCheck(Values values, Problems problems) {
        this.values = values;
        this.problems = problems;
    }

    void run() {
        asynchronous();
        sizes();
        reporter();
        TOPICS.forEach(this::source);
    }

    private void asynchronous() {
        if (!areRight("invocation-type", "report-batch-item-failures") || !"async".equals(text("invocation-type"))) {
            return;
        }
        String none = "needs the function's answer, which AWS does not give with " + name("invocation-type") + "=async";
        if (values.flag(name("report-batch-item-failures"))) {
            wrong("report-batch-item-failures", none);
        }
        if (isSet("response-topic")) {
            wrong("response-topic", none);
        }
        if (isSet("error-topic")) {
            wrong("error-topic", none + "; give the function a dead-letter queue or a failure destination of AWS");
        }
    }

    private void sizes() {
        for (String topic : TOPICS) {
            for (String size : List.of(topic + "-partitions", topic + "-replication")) {
                if (isSet(size) && !isSet(topic)) {
                    wrong(size, "has no effect without " + name(topic));
                }
            }
        }
    }

    private void reporter() {
        if (TOPICS.stream().anyMatch(this::isSet)) {
            return;
        }
        values.set().values().stream()
                .filter(setting -> !setting.value().isEmpty())
                .filter(setting -> setting.name().equals(name("reporter-brokers"))
                        || setting.name().startsWith(name("reporter.")))
                .forEach(setting -> problems.add(
                        setting, "has no effect without " + name(TOPICS.get(0)) + " or " + name(TOPICS.get(1))));
    }

    private void source(String topic) {
        if (areRight(topic, "topics", "reporter-brokers")
                && isSet(topic)
                && isSameCluster()
                && values.topics(name("topics")).include(text(topic))) {
            wrong(topic, "is a topic that the route reads: what is written there would come back to it for ever");
        }
    }

    /** One broker in common is enough. */
    private boolean isSameCluster() {
        return text("reporter-brokers").isEmpty()
                || !Collections.disjoint(
                        brokers(text("reporter-brokers")), brokers(values.text(Catalogue.PREFIX + "kafka.brokers")));
    }

    private static Set<String> brokers(String text) {
        return new HashSet<>(Arrays.asList(text.trim().split("\\s*,\\s*")));
    }

    private boolean isSet(String name) {
        return !text(name).isEmpty();
    }

    private boolean areRight(String... names) {
        return Arrays.stream(names).map(AnswersCheck::name).allMatch(values::areRight);
    }

    private void wrong(String name, String problem) {
        problems.add(values.setting(name(name)), problem);
    }

    private String text(String name) {
        return values.text(name(name));
    }

    private static String name(String name) {
        return LambdaKeys.PREFIX + name;
    }
}
