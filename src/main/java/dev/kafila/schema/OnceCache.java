package dev.kafila.schema;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import org.apache.kafka.connect.errors.RetriableException;

/**
 * Keeps what was loaded for a key, the least used going first. Who asks for what is being loaded waits for it; a load that fails is
 * forgotten, and told to all who waited.
 */
final class OnceCache<K, V> {
    private final Map<K, CompletableFuture<V>> values;

    OnceCache(int limit) {
        values = new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<K, CompletableFuture<V>> eldest) {
                return size() > limit;
            }
        };
    }

    V get(K key, Supplier<V> loader) {
        CompletableFuture<V> mine = new CompletableFuture<>();
        CompletableFuture<V> others;
        synchronized (values) {
            others = values.putIfAbsent(key, mine);
        }
        return others == null ? load(key, mine, loader) : await(others);
    }

    private V load(K key, CompletableFuture<V> mine, Supplier<V> loader) {
        try {
            V value = loader.get();
            mine.complete(value);
            return value;
        } catch (RuntimeException | Error e) {
            synchronized (values) {
                values.remove(key, mine);
            }
            mine.completeExceptionally(e);
            throw e;
        }
    }

    private static <V> V await(CompletableFuture<V> others) {
        try {
            return others.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RetriableException("Interrupted while another thread asks for the same schema", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException problem) {
                throw problem;
            }
            throw new IllegalStateException(e.getCause());
        }
    }
}
