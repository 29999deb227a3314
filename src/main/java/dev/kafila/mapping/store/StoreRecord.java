package dev.kafila.mapping.store;

/**
 * A record of the log.
 *
 * @param value     a {@link StoredChange}, {@link StoredStatus} or observation, as the key says; null: the key is deleted
 * @param timestamp in milliseconds since 1970
 */
record StoreRecord(StoreKey key, Object value, long offset, long timestamp) {}
