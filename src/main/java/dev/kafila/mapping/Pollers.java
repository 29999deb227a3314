package dev.kafila.mapping;

import java.util.Collection;
import java.util.Map;

/** The pollers of this instance: what turns mappings into records that flow. */
public interface Pollers {

    /**
     * Makes it so that as many pollers of each mapping run here, and none of any other. Called again and again, by one thread; what is
     * as it should be is left alone. Returns when the change has begun: a mapping drains, and starts, on a thread of its own.
     */
    void run(Map<Mapping, Integer> pollers);

    /** What is seen here of each mapping that has pollers, or whose pollers are still ending. */
    Collection<Observation> observe();
}
