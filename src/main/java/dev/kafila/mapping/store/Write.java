package dev.kafila.mapping.store;

/**
 * A record for the topic.
 *
 * @param value null: the key is deleted
 */
record Write(StoreKey key, byte[] value) {
    static Write deletion(StoreKey key) {
        return new Write(key, null);
    }
}
