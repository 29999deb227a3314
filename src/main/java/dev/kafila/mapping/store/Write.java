package dev.kafila.mapping.store;

/**
 * A record for the topic.
 *
 * @param value JSON; null: the key is deleted
 */
record Write(StoreKey key, String value) {
    static Write deletion(StoreKey key) {
        return new Write(key, null);
    }
}
