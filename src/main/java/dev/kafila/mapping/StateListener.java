package dev.kafila.mapping;

/** Hears of every change of a mapping's state or of its reason, once in the whole cluster: on the instance that decides. */
@FunctionalInterface
public interface StateListener {

    /**
     * Called by the thread that decides: returns soon, throws nothing.
     *
     * @param before null for the first state of a mapping
     * @param after  whose state is {@link MappingStatus#GONE} once a deleted mapping runs nowhere any more
     */
    void changed(Mapping mapping, MappingStatus before, MappingStatus after);
}
