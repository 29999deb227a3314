package dev.kafila.failure;

/** Where a record failed, with the names that Kafka Connect gives its stages. */
public enum Stage {
    KEY_CONVERTER,
    VALUE_CONVERTER,
    HEADER_CONVERTER,
    /** Filtering, transforming and formatting. */
    TRANSFORMATION,
    /** Delivery. */
    TASK_PUT
}
