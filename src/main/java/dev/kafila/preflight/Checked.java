package dev.kafila.preflight;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** What has to be there before records flow, such as the functions of a sink. */
public interface Checked {
    /** The flow that needs it; empty: unknown. */
    String route();

    /**
     * What to ask, each on a thread of its own. An answer is what no waiting puts right, as text for who configures it; empty if nothing
     * is wrong, or if it may pass by itself.
     *
     * @throws IllegalArgumentException if not even the question can be made of the configuration
     */
    List<Supplier<Optional<String>>> checks();
}
