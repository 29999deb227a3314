package dev.kafila.filter;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collection;
import software.amazon.event.ruler.Machine;
import software.amazon.event.ruler.MachineComplexityEvaluator;

/** Keeps a short text from becoming a pattern that takes all memory, or all time; the engine itself would go on. */
final class PatternSize {
    /**
     * Of what the {@code $or}s of a pattern multiply to.
     *
     * @see <a href="https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html">EventBridge's limit</a>
     */
    private static final long COMBINATIONS = 1_000;

    /** In the engine's own measure, in which a wildcard counts for two or three: more than anybody writes by hand. */
    private static final int WILDCARDS = 100;

    private PatternSize() {}

    /** Before the engine, which makes each of the combinations. Throws {@link IllegalArgumentException}. */
    static void require(JsonNode pattern) {
        if (combinations(pattern) > COMBINATIONS) {
            throw new IllegalArgumentException("its $or make more than " + COMBINATIONS + " combinations");
        }
    }

    /** Throws {@link IllegalArgumentException}. */
    static void require(Collection<Machine> machines) {
        MachineComplexityEvaluator evaluator = new MachineComplexityEvaluator(WILDCARDS);
        if (machines.stream().anyMatch(machine -> machine.evaluateComplexity(evaluator) >= WILDCARDS)) {
            throw new IllegalArgumentException("it has too many wildcards");
        }
    }

    private static long combinations(JsonNode object) {
        long combinations = 1;
        for (var field : object.properties()) {
            long own = field.getKey().equals("$or") ? alternatives(field.getValue()) : combinations(field.getValue());
            // Stops at the first that is too many, before a long is too short.
            combinations = Math.min(combinations * Math.max(own, 1), COMBINATIONS + 1);
        }
        return combinations;
    }

    private static long alternatives(JsonNode or) {
        long alternatives = 0;
        for (JsonNode alternative : or) {
            alternatives += combinations(alternative);
        }
        return alternatives;
    }
}
