package dev.kafila.gateway.publish;

import dev.kafila.gateway.request.PublishRequest;
import dev.kafila.gateway.request.RequestException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.producer.RecordMetadata;

/**
 * Knows which requests with an idempotency key are under way and which were published a while ago, in this process: another instance, or
 * this one after a restart, knows nothing of them. Thread-safe.
 */
final class IdempotencyKeys {
    private final long windowNanos;
    private final int most;
    private final LongSupplier nanos;
    private final Map<Fingerprint, Entry> underWay = new HashMap<>();
    /** By the time of their publication. */
    private final Map<Fingerprint, Entry> published = new LinkedHashMap<>();

    /** @param expires in the time of {@code nanos}; only of what was published */
    private record Entry(
            Fingerprint request, Publication publication, CompletableFuture<RecordMetadata> place, long expires) {}

    /**
     * What a request stands for.
     *
     * @param publication null if it was published
     * @param repeated    whether somebody else takes care of it
     */
    record Claim(Publication publication, CompletableFuture<RecordMetadata> place, boolean repeated) {}

    /**
     * @param window zero: every request is published
     * @param most   keys of what was published
     */
    IdempotencyKeys(Duration window, int most) {
        this(window, most, System::nanoTime);
    }

    IdempotencyKeys(Duration window, int most, LongSupplier nanos) {
        this.windowNanos = window.toNanos();
        this.most = most;
        this.nanos = nanos;
    }

    /**
     * Begins a publication, or finds the one that the request repeats.
     *
     * @throws RequestException 422 if the key stands for another request
     */
    Claim claim(PublishRequest request) throws RequestException {
        if (windowNanos == 0 || request.idempotencyKey() == null) {
            Publication begun = new Publication(request);
            return new Claim(begun, begun.place(), false);
        }
        return claim(Fingerprint.ofKey(request), Fingerprint.ofContent(request), request);
    }

    private synchronized Claim claim(Fingerprint key, Fingerprint content, PublishRequest request)
            throws RequestException {
        expire();
        Entry known = underWay.getOrDefault(key, published.get(key));
        if (known == null) {
            Publication begun = new Publication(request);
            // Whoever waits for the place has to find the key settled: its next request may be a repetition.
            CompletableFuture<RecordMetadata> place =
                    begun.place().whenComplete((at, problem) -> settle(key, content, at));
            underWay.put(key, new Entry(content, begun, place, 0));
            return new Claim(begun, place, false);
        }
        if (!known.request.equals(content)) {
            throw new RequestException(
                    422,
                    "The idempotencyKey was used for another request to topic " + request.topic()
                            + ": send this one with a key of its own");
        }
        return new Claim(known.publication, known.place, true);
    }

    /** @param place null: what failed may be tried again */
    private synchronized void settle(Fingerprint key, Fingerprint content, RecordMetadata place) {
        underWay.remove(key);
        if (place != null) {
            published.put(
                    key,
                    new Entry(
                            content, null, CompletableFuture.completedFuture(place), nanos.getAsLong() + windowNanos));
            if (published.size() > most) {
                Iterator<Fingerprint> oldest = published.keySet().iterator();
                oldest.next();
                oldest.remove();
            }
        }
    }

    private void expire() {
        long now = nanos.getAsLong();
        Iterator<Entry> oldest = published.values().iterator();
        while (oldest.hasNext() && oldest.next().expires - now <= 0) {
            oldest.remove();
        }
    }
}
