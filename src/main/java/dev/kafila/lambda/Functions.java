package dev.kafila.lambda;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which function takes the records of which topic. Written as a function for all topics, as one with {@code ${topic}} in its name, or as
 * {@code topic=function} separated by commas, with {@code *} for all other topics.
 *
 * @param byTopic in the order in which they were written; each may hold {@code ${topic}}
 * @param others  for all other topics; null: they have none
 */
public record Functions(Map<String, String> byTopic, String others) {
    private static final String TOPIC = "${topic}";
    private static final String ALL = "*";

    /** https://github.com/apache/kafka/blob/3.9/clients/src/main/java/org/apache/kafka/common/internals/Topic.java */
    private static final Pattern TOPIC_NAME = Pattern.compile("[\\w.-]{1,249}");

    public Functions {
        byTopic = Collections.unmodifiableMap(new LinkedHashMap<>(byTopic));
    }

    /** Empty if the text has none of the three forms, or names a topic twice. */
    public static Optional<Functions> read(String text) {
        if (!text.contains("=")) {
            return isFunction(text.trim()) ? Optional.of(new Functions(Map.of(), text.trim())) : Optional.empty();
        }
        Map<String, String> byTopic = new LinkedHashMap<>();
        for (String entry : text.split(",", -1)) {
            int equals = entry.indexOf('=');
            String topic = entry.substring(0, Math.max(equals, 0)).trim();
            String function = entry.substring(equals + 1).trim();
            boolean right = topic.equals(ALL) || TOPIC_NAME.matcher(topic).matches();
            if (!right || !isFunction(function) || byTopic.put(topic, function) != null) {
                return Optional.empty();
            }
        }
        String others = byTopic.remove(ALL);
        return Optional.of(new Functions(byTopic, others));
    }

    private static boolean isFunction(String text) {
        return FunctionName.read(text.replace(TOPIC, "topic")).isPresent();
    }

    /** As it is written, without spaces. */
    public String text() {
        Stream<String> all =
                others == null ? Stream.empty() : Stream.of(byTopic.isEmpty() ? others : ALL + "=" + others);
        return Stream.concat(byTopic.entrySet().stream().map(entry -> entry.getKey() + "=" + entry.getValue()), all)
                .collect(Collectors.joining(","));
    }

    /** @throws NoFunctionException if none is named for the topic, or Lambda would not allow its name */
    FunctionName of(String topic) {
        String written = byTopic.getOrDefault(topic, others);
        if (written == null) {
            throw new NoFunctionException("Topic " + topic + " has no function: name one as " + topic
                    + "=function, or one for all other topics as *=function");
        }
        FunctionName name = FunctionName.read(written.replace(TOPIC, topic)).orElseThrow();
        if (written.contains(TOPIC) && !name.isPossible()) {
            throw new NoFunctionException("Topic " + topic + " has no function: " + name.name()
                    + " is not a name that Lambda allows, which is at most 64 of A-Z a-z 0-9 - _; name one as " + topic
                    + "=function");
        }
        return name;
    }

    /** Those that are known before any record is: all that are named, and those of these topics. */
    Set<FunctionName> known(Collection<String> topics) {
        Set<FunctionName> known = new LinkedHashSet<>();
        byTopic.keySet().forEach(topic -> known.add(of(topic)));
        if (others != null && !others.contains(TOPIC)) {
            known.add(FunctionName.read(others).orElseThrow());
        }
        topics.forEach(topic -> known.add(of(topic)));
        return known;
    }

    /**
     * What is wrong; empty if nothing is.
     *
     * @param topics   that are consumed, as far as they are known
     * @param consumed whether a topic is
     */
    public List<String> problems(Collection<String> topics, Predicate<String> consumed) {
        List<String> problems = new ArrayList<>();
        for (String topic : topics) {
            try {
                of(topic);
            } catch (NoFunctionException e) {
                problems.add(e.getMessage());
            }
        }
        byTopic.keySet().stream()
                .filter(consumed.negate())
                .forEach(topic -> problems.add("Topic " + topic + " has a function and is not consumed"));
        return problems;
    }

    /** Whether each function that is named has a version or an alias of its own. */
    public boolean areQualified() {
        return (others == null || isQualified(others))
                && byTopic.values().stream().allMatch(Functions::isQualified);
    }

    private static boolean isQualified(String written) {
        return FunctionName.read(written.replace(TOPIC, "topic"))
                .map(FunctionName::qualifier)
                .isPresent();
    }
}
