package dev.kafila.mapping.store;

import dev.kafila.mapping.Mapping;
import dev.kafila.mapping.Mapping.Wanted;
import dev.kafila.mapping.MappingStatus;
import dev.kafila.mapping.Observation;
import java.util.Collection;
import java.util.Objects;

/** What becomes of a mapping, from what was asked for and what instances see. */
final class States {
    static final String ENABLED = "Enabled";
    static final String DISABLED = "Disabled";

    private static final String BY_USER = "USER_INITIATED";
    private static final String NOTHING_YET = "No records processed";
    private static final String PROBLEM = "PROBLEM";

    private States() {}

    /**
     * The next status. A change is first seen in transition, however fast it takes effect.
     *
     * @param before  null if there is none
     * @param seen    by instances that are alive, in an order that does not depend on chance
     * @param pollers that are to run
     */
    static MappingStatus next(Mapping mapping, MappingStatus before, Collection<Observation> seen, int pollers) {
        boolean begins = before == null || before.version() != mapping.version();
        String state = begins ? mapping.configuration().state() : settled(mapping, before, seen);
        return new MappingStatus(mapping.version(), state, reason(mapping, seen), lastResult(before, seen), pollers);
    }

    /** Once it is enabled it stays so: what is wrong then is its reason. */
    private static String settled(Mapping mapping, MappingStatus before, Collection<Observation> seen) {
        if (mapping.wanted() == Wanted.ENABLED) {
            boolean runs = seen.stream()
                    .anyMatch(observation -> observation.version() == mapping.version() && observation.pollers() > 0);
            return runs ? ENABLED : before.state();
        }
        if (!seen.isEmpty()) {
            return before.state();
        }
        return mapping.wanted() == Wanted.DISABLED ? DISABLED : MappingStatus.GONE;
    }

    private static String reason(Mapping mapping, Collection<Observation> seen) {
        return seen.stream()
                .filter(observation -> observation.version() == mapping.version())
                .map(Observation::reason)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(BY_USER);
    }

    /** The worst of what any instance had; what was last, while none has had any. */
    private static String lastResult(MappingStatus before, Collection<Observation> seen) {
        String otherwise = before == null || before.lastResult() == null ? NOTHING_YET : before.lastResult();
        return seen.stream()
                .map(Observation::lastResult)
                .filter(Objects::nonNull)
                .reduce((one, other) -> one.startsWith(PROBLEM) ? one : other)
                .orElse(otherwise);
    }
}
