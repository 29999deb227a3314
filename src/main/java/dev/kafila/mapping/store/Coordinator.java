package dev.kafila.mapping.store;

import dev.kafila.mapping.Pollers;
import dev.kafila.mapping.StateListener;
import dev.kafila.mapping.scale.PollerMeters;
import dev.kafila.settings.MappingSettings;
import java.time.Clock;
import java.util.UUID;

/**
 * This instance's part in the work that instances share: it runs its pollers, tells what it sees of them, and decides for all instances
 * while it owns the topic's partition. What it runs goes on while it hears of nobody.
 */
public final class Coordinator implements AutoCloseable {
    /** What all names begin with: a member of the group with another one is none of ours, and runs nothing. */
    static final String NAME = "kafila-";

    private final Loop worker;
    private final Loop member;

    /**
     * Starts nothing yet.
     *
     * @param instance the name of this process among the others, new for each start: {@link #newName}
     * @param listener hears of changes of state while this instance decides
     * @param meters   shows how many pollers run
     */
    public Coordinator(
            KafkaMappingStore store,
            String instance,
            MappingSettings settings,
            Pollers pollers,
            StateListener listener,
            PollerMeters meters) {
        worker = new Loop(
                "kafila-mapping-pollers",
                new PollerWork(store, instance, settings.polling().scalingInterval(), pollers, meters));
        member = new Loop(
                "kafila-mapping-owner",
                new Membership(store, settings.shared(), instance, settings.polling(), listener, Clock.systemUTC()));
    }

    /** A name that no other process has, nor had. */
    public static String newName() {
        return NAME + UUID.randomUUID();
    }

    /** Returns at once. */
    public void start() {
        worker.start();
        member.start();
    }

    /** Leaves the group, so that others run what ran here: pollers that still run have to be stopped next. */
    @Override
    public void close() {
        worker.end();
        member.close();
        worker.close();
    }
}
