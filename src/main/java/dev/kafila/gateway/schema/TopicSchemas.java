package dev.kafila.gateway.schema;

import dev.kafila.gateway.request.RequestException;

/** The schemas of topics, each asked for once and kept for a while. Thread-safe; a call may wait for a registry. */
public interface TopicSchemas extends AutoCloseable {

    /**
     * Those of a registry or a directory, which is not asked before the first topic is.
     *
     * @throws IllegalArgumentException                with the name of an option that is not right
     * @throws dev.kafila.aws.AwsSettingsException if Glue cannot be reached with these settings
     */
    static TopicSchemas of(SchemaOptions options) {
        return CachedSchemas.of(options);
    }

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
