package dev.kafila.schema;

import org.apache.kafka.connect.data.SchemaAndValue;

/** Reads the payloads of one schema. Thread-safe. */
@FunctionalInterface
interface PayloadReader {

    /**
     * Reads a payload, without the frame.
     *
     * @throws org.apache.kafka.connect.errors.DataException if it is none of this schema
     * @throws RuntimeException                              any other means the same
     */
    SchemaAndValue read(Payload payload);
}
