package dev.kafila.report;

import dev.kafila.failure.TargetTopic;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Where reports go.
 *
 * @param responses topic for answers; null: nobody asks for them
 * @param errors    topic for records that are given up; null: nobody asks for them
 * @param brokers   of both topics; empty: of the cluster that the records come from
 * @param client    Kafka client properties for both topics, over those of camel-kafka
 */
public record ReportOptions(TargetTopic responses, TargetTopic errors, String brokers, Map<String, String> client) {
    /** https://github.com/apache/kafka/blob/3.9/clients/src/main/java/org/apache/kafka/common/internals/Topic.java */
    private static final Pattern NAME = Pattern.compile("(?!\\.{1,2}$)[A-Za-z0-9._-]{1,249}");

    /**
     * Reads the parameters of a sink.
     *
     * @param parameters text of a parameter by its name; empty: it is not set
     */
    public static ReportOptions of(UnaryOperator<String> parameters, Map<String, String> client) {
        return new ReportOptions(
                topic("responseTopic", parameters),
                topic("errorTopic", parameters),
                parameters.apply("reporterBrokers"),
                client);
    }

    /** Whether anything is reported at all. */
    public boolean enabled() {
        return responses != null || errors != null;
    }

    /** Whether answers are reported. */
    public boolean answers() {
        return responses != null;
    }

    /** Whether records that are given up are reported. */
    public boolean givenUp() {
        return errors != null;
    }

    /**
     * Whether records of a topic would come back to it as reports for ever.
     *
     * @param sourceBrokers of the cluster that the topic is on; one in common is enough to know it
     */
    boolean isSource(String topic, String sourceBrokers) {
        return Stream.of(responses, errors)
                        .anyMatch(report -> report != null && report.name().equals(topic))
                && (brokers.isEmpty() || !Collections.disjoint(each(brokers), each(sourceBrokers)));
    }

    private static List<String> each(String text) {
        return List.of(text.trim().split("\\s*,\\s*"));
    }

    private static TargetTopic topic(String parameter, UnaryOperator<String> parameters) {
        String name = parameters.apply(parameter);
        if (name.isEmpty()) {
            return null;
        }
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(parameter + ": '" + name + "' is not the name of a topic");
        }
        return TargetTopic.of(parameter, name, parameters);
    }
}
