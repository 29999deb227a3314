package dev.kafila.transform;

import dev.kafila.record.ConnectProperties;
import dev.kafila.record.KafkaRecord;
import java.util.ArrayDeque;
import java.util.Deque;
import org.apache.camel.CamelContext;

/**
 * The Single Message Transforms of a sink. Connect calls a transform from one thread, and many rely on that; here batches of several
 * partitions are read at once. So there are as many chains of them as records were ever transformed at once, and none is used by two
 * threads at a time. Thread-safe.
 */
public final class Transforms implements AutoCloseable {
    private final ConnectProperties properties;
    private final CamelContext context;
    /** Chains that are not in use; the one used last is used next. */
    private final Deque<TransformChain> free = new ArrayDeque<>();

    private boolean closed;

    private Transforms(ConnectProperties properties, CamelContext context) {
        this.properties = properties;
        this.context = context;
    }

    /**
     * Makes the transforms that {@code transforms} names.
     *
     * @throws IllegalArgumentException if one is not right, with the name of its option
     */
    public static Transforms start(ConnectProperties properties, CamelContext context) {
        Transforms transforms = new Transforms(properties, context);
        transforms.giveBack(TransformChain.configure(properties, context));
        return transforms;
    }

    /** Transforms a record; null: a transform filters it. */
    public KafkaRecord apply(KafkaRecord record) {
        TransformChain chain = take();
        try {
            return chain.apply(record);
        } finally {
            giveBack(chain);
        }
    }

    private TransformChain take() {
        synchronized (free) {
            if (!free.isEmpty()) {
                return free.pop();
            }
        }
        return TransformChain.configure(properties, context);
    }

    private void giveBack(TransformChain chain) {
        synchronized (free) {
            if (!closed) {
                free.push(chain);
                return;
            }
        }
        chain.close();
    }

    /** Closes all transforms; those that are in use, when they no longer are. */
    @Override
    public void close() {
        Deque<TransformChain> rest;
        synchronized (free) {
            closed = true;
            rest = new ArrayDeque<>(free);
            free.clear();
        }
        rest.forEach(TransformChain::close);
    }
}
