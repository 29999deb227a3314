package dev.kafila.gateway.schema;

import dev.kafila.schema.LatestSchema;

/** Where schemas are. Thread-safe. */
@FunctionalInterface
interface SchemaSource extends AutoCloseable {
    /**
     * The latest version of a schema.
     *
     * @throws org.apache.kafka.connect.errors.DataException      if there is none, or no usable one
     * @throws org.apache.kafka.connect.errors.RetriableException if that cannot be found out
     */
    LatestSchema latest(String name);

    @Override
    default void close() {}
}
