package dev.kafila.filter;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.event.ruler.AnythingBut;
import software.amazon.event.ruler.JsonRuleCompiler;
import software.amazon.event.ruler.Machine;
import software.amazon.event.ruler.MatchType;
import software.amazon.event.ruler.Patterns;
import software.amazon.event.ruler.ValuePatterns;

/** A compiled pattern: one machine for each kind of value, with what the pattern says about values of that kind. */
final class FilterPattern {
    private static final Set<String> NAMES =
            Set.of("value", "key", "headers", "topic", "partition", "offset", "timestamp");
    private static final String VALUE = "value";

    private static final JsonMapper STRICT = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    /** The branches of a pattern: each a conjunction, by path. More than one where it says {@code $or}. */
    private final List<Map<String, List<Patterns>>> branches;

    private final Set<String> names;
    private final Set<String> comparingScalars;

    /** None for a kind of which every record is wanted. */
    private final Map<ValueKind, Machine> machines = new EnumMap<>(ValueKind.class);

    private FilterPattern(List<Map<String, List<Patterns>>> branches) {
        this.branches = branches;
        names = paths().map(FilterPattern::first).collect(Collectors.toUnmodifiableSet());
        comparingScalars = paths().filter(this::comparesAScalar).collect(Collectors.toUnmodifiableSet());
        machine(ValueKind.JSON, path -> !path.equals(VALUE));
        machine(ValueKind.PLAIN, path -> !path.startsWith(VALUE + "."));
        machine(ValueKind.OTHER, path -> !first(path).equals(VALUE));
        PatternSize.require(machines.values());
    }

    /** Throws {@link IllegalArgumentException} with what the engine says. */
    static FilterPattern compile(String text) {
        try {
            // The engine itself reads no further than the end of the object.
            PatternSize.require(STRICT.readTree(text));
            List<Map<String, List<Patterns>>> branches = JsonRuleCompiler.compile(text);
            return new FilterPattern(branches).requireKnown();
        } catch (JsonProcessingException e) {
            // Without the location's own text, which is the whole pattern again.
            String said = e.getOriginalMessage().replaceAll(" \\(start marker at .*", "");
            throw new IllegalArgumentException(
                    said + " (line " + e.getLocation().getLineNr() + ", column "
                            + e.getLocation().getColumnNr() + ")",
                    e);
        } catch (IOException e) {
            throw new IllegalArgumentException("cannot be read", e);
        }
    }

    private FilterPattern requireKnown() {
        Set<String> unknown = new TreeSet<>(names);
        unknown.removeAll(NAMES);
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException(String.join(", ", unknown) + " is not of a record: a pattern may name "
                    + String.join(", ", new TreeSet<>(NAMES)));
        }
        return this;
    }

    /** Whether the pattern says something about {@code key}, {@code topic} or the like. */
    boolean names(String name) {
        return names.contains(name);
    }

    /** Whether a text such as {@code 5} is compared with a number, or {@code true} with a truth value. */
    boolean comparesScalars(String name) {
        return comparingScalars.contains(name);
    }

    boolean matches(ValueKind kind, JsonNode event) {
        Machine machine = machines.get(kind);
        return machine == null || !machine.rulesForJSONEvent(event).isEmpty();
    }

    private Stream<String> paths() {
        return branches.stream().flatMap(branch -> branch.keySet().stream());
    }

    private boolean comparesAScalar(String path) {
        return branches.stream()
                .flatMap(branch -> branch.getOrDefault(path, List.of()).stream())
                .anyMatch(FilterPattern::isScalar);
    }

    private void machine(ValueKind kind, Predicate<String> applies) {
        Machine machine = Machine.builder().build();
        for (Map<String, List<Patterns>> branch : branches) {
            Map<String, List<Patterns>> applicable = new HashMap<>(branch);
            applicable.keySet().removeIf(applies.negate());
            if (applicable.isEmpty()) {
                return;
            }
            machine.addPatternRule(kind.name(), applicable);
        }
        machines.put(kind, machine);
    }

    private static boolean isScalar(Patterns pattern) {
        if (pattern instanceof AnythingBut anythingBut) {
            return anythingBut.getValues().stream().noneMatch(FilterPattern::isText);
        }
        boolean bare = pattern instanceof ValuePatterns exact
                && pattern.type() == MatchType.EXACT
                && !isText(exact.pattern())
                && !exact.pattern().equals("null");
        return bare || pattern.type() == MatchType.NUMERIC_EQ || pattern.type() == MatchType.NUMERIC_RANGE;
    }

    /** The engine keeps texts with their quotes. */
    private static boolean isText(String value) {
        return value.startsWith("\"");
    }

    private static String first(String path) {
        int dot = path.indexOf('.');
        return dot < 0 ? path : path.substring(0, dot);
    }
}
