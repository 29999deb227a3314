package dev.kafila.gateway.schema;

import dev.kafila.gateway.request.RequestException;

/** The schemas of topics, each asked for once and kept for a while. Thread-safe; a call may wait for a registry. */
public interface TopicSchemas extends AutoCloseable {
    /**
     * The schema of a topic.
     *
     * @throws RequestException 400 if there is none, naming where it was looked for; 500 if that cannot be found out
     */
    TopicSchema find(String topic) throws RequestException;

    /**
     * A newer one than that which did not know a field; the same if there is none, or if it was looked for a moment ago.
     *
     * @throws RequestException as {@link #find} does
     */
    TopicSchema newerThan(TopicSchema known) throws RequestException;

    @Override
    void close();
}
