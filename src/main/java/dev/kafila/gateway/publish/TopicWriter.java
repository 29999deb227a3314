package dev.kafila.gateway.publish;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.ByteString;
import dev.kafila.failure.DurableProducer;
import dev.kafila.gateway.request.PublishRequest;
import dev.kafila.gateway.request.RequestException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the records of one topic. What blocks, a schema that is asked for or a topic that is not there, blocks threads of this topic
 * only: neither whoever has a request, nor other topics.
 */
final class TopicWriter implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TopicWriter.class);
    private static final int THREADS = 4;
    private static final int IDLE_SECONDS = 30;

    private final String topic;
    private final RecordValues values;
    private final TopicDoor door;
    private final DurableProducer producer;
    private final ThreadPoolExecutor threads;

    TopicWriter(String topic, RecordValues values, TopicDoor door, DurableProducer producer, ThreadFactory factory) {
        this.topic = topic;
        this.values = values;
        this.door = door;
        this.producer = producer;
        threads = new ThreadPoolExecutor(
                THREADS, THREADS, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), factory);
        threads.allowCoreThreadTimeOut(true);
    }

    /** Writes records of this topic in their order, and does not wait. */
    void write(List<Publication> publications) {
        try {
            threads.execute(() -> publications.forEach(this::write));
        } catch (RejectedExecutionException e) {
            publications.forEach(publication -> publication.failed(Failures.stopping(topic)));
        }
    }

    /** Does what the first record would wait for. What is not there is for the first record to tell. */
    CompletableFuture<Void> warmUp() {
        return CompletableFuture.allOf(
                CompletableFuture.runAsync(this::encodeNothing, threads),
                CompletableFuture.runAsync(this::findTopic, threads));
    }

    private void encodeNothing() {
        ObjectNode nothing = JsonNodeFactory.instance.objectNode();
        try {
            values.of(new PublishRequest(topic, nothing, null, Map.of(), null, null));
        } catch (RequestException e) {
            LOG.debug("Requests to topic {} have no schema yet, or one with required fields", topic, e);
        }
    }

    private void findTopic() {
        try {
            producer.awaitTopic(topic);
        } catch (KafkaException e) {
            LOG.debug("Topic {} cannot be written to yet", topic, e);
        }
    }

    /** What keeps a record from going out, for whoever has waited long enough for it. */
    String obstacle(Publication publication) {
        return publication.schemaAwaited() ? "its schema is still being looked for" : door.obstacle();
    }

    /** Never throws: nobody would answer those behind it. */
    private void write(Publication publication) {
        if (publication.isOver()) {
            return;
        }
        try {
            publication.schemaAwaited(true);
            ByteString value = values.of(publication.request());
            publication.schemaAwaited(false);
            door.pass(publication);
            if (publication.leave()) {
                send(publication, value);
            }
        } catch (RequestException | PublishFailedException e) {
            publication.failed(e);
        } catch (RuntimeException | LinkageError | StackOverflowError e) {
            publication.failed(
                    new PublishFailedException("topic " + topic + " was not written to: " + Failures.unexpected(e)));
        }
    }

    private void send(Publication publication, ByteString value) {
        var unused = producer.send(() -> record(publication.request(), value)).whenComplete((place, problem) -> {
            if (problem == null) {
                publication.written(place);
            } else {
                publication.failed(Failures.of(topic, problem));
            }
        });
    }

    private static ProducerRecord<byte[], byte[]> record(PublishRequest request, ByteString value) {
        byte[] key = request.key() == null ? null : request.key().getBytes(StandardCharsets.UTF_8);
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(request.topic(), key, value.toByteArray());
        request.headers().forEach((name, text) -> record.headers().add(name, text.getBytes(StandardCharsets.UTF_8)));
        return record;
    }

    /** What is under way goes on; nothing new begins. */
    @Override
    public void close() {
        threads.shutdown();
    }
}
