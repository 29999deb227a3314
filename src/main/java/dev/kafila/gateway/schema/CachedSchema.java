package dev.kafila.gateway.schema;

import dev.kafila.gateway.request.RequestException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The schema of one topic. It is looked up by one request at a time; others wait for what that finds, or go on with what is known. */
final class CachedSchema {
    /**
     * Between lookups that failed, and between those for fields that are not known: each request could ask for one. Nor does one of them
     * wait longer for its answer.
     */
    static final Duration PAUSE = Duration.ofSeconds(3);

    /** How long a request waits for a newer version when it could go on with what is known. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private static final Logger LOG = LoggerFactory.getLogger(CachedSchema.class);

    private final String topic;
    private final SchemaLookup lookup;
    private final Duration refresh;
    private final Executor threads;
    private final LongSupplier nanos;

    /** Null: nothing is known. */
    private SchemaLookup.Version version;
    /** Of the last lookup; null if it found something, or there was none. */
    private RequestException failure;
    /** Null: nobody is looking. */
    private CompletableFuture<SchemaLookup.Version> running;

    private long askedAt;
    private long askedForNewerAt;

    CachedSchema(String topic, SchemaLookup lookup, Duration refresh, Executor threads, LongSupplier nanos) {
        this.topic = topic;
        this.lookup = lookup;
        this.refresh = refresh;
        this.threads = threads;
        this.nanos = nanos;
        askedForNewerAt = nanos.getAsLong() - PAUSE.toNanos();
    }

    TopicSchema find() throws RequestException {
        CompletableFuture<SchemaLookup.Version> found;
        TopicSchema old;
        synchronized (this) {
            old = version == null ? null : version.schema();
            if (running == null && isDue()) {
                found = start();
            } else if (old != null) {
                return old;
            } else if (running == null) {
                throw again(failure);
            } else {
                found = running;
            }
        }
        return old == null ? first(found) : refreshed(found, old);
    }

    TopicSchema newerThan(TopicSchema known) throws RequestException {
        CompletableFuture<SchemaLookup.Version> found;
        synchronized (this) {
            if (version != null && !version.schema().equals(known)) {
                return version.schema();
            }
            if (running == null) {
                if (!isPast(askedForNewerAt, PAUSE)) {
                    return latestKnown(known);
                }
                askedForNewerAt = nanos.getAsLong();
                found = start();
            } else {
                found = running;
            }
        }
        try {
            return await(found, PAUSE);
        } catch (TimeoutException e) {
            throw SchemaLookup.unavailable(
                    "whether the schema of topic " + topic + " has a newer version is not known yet", e);
        }
    }

    /** As long as the source takes, which has limits of its own. */
    private TopicSchema first(CompletableFuture<SchemaLookup.Version> found) throws RequestException {
        try {
            return found.get().schema();
        } catch (ExecutionException e) {
            throw again((RequestException) e.getCause());
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private TopicSchema latestKnown(TopicSchema known) throws RequestException {
        if (failure != null) {
            throw again(failure);
        }
        return known;
    }

    private boolean isDue() {
        if (failure != null) {
            return isPast(askedAt, PAUSE);
        }
        return version == null || isPast(askedAt, refresh);
    }

    private boolean isPast(long since, Duration duration) {
        return nanos.getAsLong() - since >= duration.toNanos();
    }

    private CompletableFuture<SchemaLookup.Version> start() {
        CompletableFuture<SchemaLookup.Version> mine = new CompletableFuture<>();
        SchemaLookup.Version known = version;
        running = mine;
        try {
            threads.execute(() -> look(known, mine));
        } catch (RejectedExecutionException e) {
            running = null;
            mine.completeExceptionally(SchemaLookup.unavailable("Kafila is stopping", e));
        }
        return mine;
    }

    private void look(SchemaLookup.Version known, CompletableFuture<SchemaLookup.Version> mine) {
        try {
            SchemaLookup.Version latest = lookup.latest(topic, known);
            synchronized (this) {
                if (known != null && !latest.equals(known)) {
                    LOG.info(
                            "Topic {} is written with a newer version of the {} from now on",
                            topic,
                            latest.schema().name());
                }
                version = latest;
                ended(null);
            }
            mine.complete(latest);
        } catch (RequestException e) {
            failed(e, mine);
        } catch (Error e) {
            failed(SchemaLookup.unavailable(e.toString(), e), mine);
            throw e;
        }
    }

    private void failed(RequestException reason, CompletableFuture<SchemaLookup.Version> mine) {
        synchronized (this) {
            boolean open = reason.status() >= SchemaLookup.INTERNAL_ERROR;
            if (!open) {
                version = null;
            } else if (failure == null || failure.status() < SchemaLookup.INTERNAL_ERROR) {
                LOG.warn(
                        "The schema of topic {} cannot be looked for, and requests {} until it can: {}",
                        topic,
                        version == null ? "are answered 500" : "go on with the one of before",
                        SchemaLookup.reason(reason.getCause()));
            }
            ended(reason);
        }
        mine.completeExceptionally(reason);
    }

    private void ended(RequestException reason) {
        failure = reason;
        askedAt = nanos.getAsLong();
        running = null;
    }

    /** The old one if there is no answer in time, or none that says something about the schema. */
    private TopicSchema refreshed(CompletableFuture<SchemaLookup.Version> found, TopicSchema old)
            throws RequestException {
        try {
            return await(found, PATIENCE);
        } catch (TimeoutException e) {
            return old;
        } catch (RequestException e) {
            if (e.status() >= SchemaLookup.INTERNAL_ERROR) {
                return old;
            }
            throw e;
        }
    }

    private TopicSchema await(CompletableFuture<SchemaLookup.Version> found, Duration most)
            throws RequestException, TimeoutException {
        try {
            return found.get(most.toMillis(), TimeUnit.MILLISECONDS).schema();
        } catch (ExecutionException e) {
            throw again((RequestException) e.getCause());
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private RequestException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return SchemaLookup.unavailable("interrupted while the schema of topic " + topic + " is looked for", e);
    }

    /** For each request its own: threads do not share a stack trace. */
    private static RequestException again(RequestException reason) {
        return new RequestException(reason.status(), reason.getMessage(), reason);
    }
}
