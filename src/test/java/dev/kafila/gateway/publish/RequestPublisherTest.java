package dev.kafila.gateway.publish;

import static dev.kafila.gateway.publish.GatewayFlow.order;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.ByteString;
import dev.kafila.failure.DurableProducer;
import dev.kafila.gateway.request.Answer;
import dev.kafila.gateway.request.RequestException;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.apache.camel.component.kafka.DefaultKafkaClientFactory;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.errors.NotEnoughReplicasException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a request is answered when things take their time: the producer of Kafka's own tests acknowledges when it is told to. */
@Timeout(30)
class RequestPublisherTest {
    private static final ByteString VALUE = ByteString.copyFromUtf8("value");

    private final MockProducer<byte[], byte[]> kafka =
            new MockProducer<>(false, new ByteArraySerializer(), new ByteArraySerializer());
    private final DurableProducer producer = new DurableProducer(new Given(kafka));
    private final MeterRegistry meters = new SimpleMeterRegistry();
    private final CountDownLatch registry = new CountDownLatch(1);
    private final Map<String, TopicWriter> writers = new HashMap<>();
    private final RequestPublisher publisher = publisher("false");

    private RequestPublisher publisher(String verbose) {
        GatewayOptions options =
                new GatewayOptions(Map.of("topics", "fast,slow,broken", "requestTimeout", "1s", "verbose", verbose));
        RecordValues values = request -> switch (request.topic()) {
            case "slow" -> awaitRegistry();
            case "broken" -> throw new IllegalStateException("secret");
            default -> VALUE;
        };
        options.topics()
                .forEach(topic -> writers.put(
                        topic, new TopicWriter(topic, values, new TopicDoor(topic, producer), producer, Thread::new)));
        IdempotencyKeys keys = new IdempotencyKeys(options.idempotencyWindow(), options.idempotencyKeys());
        return new RequestPublisher(options, writers, keys, new GatewayReport(List.of(meters), options.topics()));
    }

    private ByteString awaitRegistry() throws RequestException {
        try {
            registry.await();
            return VALUE;
        } catch (InterruptedException e) {
            throw new RequestException(500, "interrupted", e);
        }
    }

    @AfterEach
    void close() {
        registry.countDown();
        writers.values().forEach(TopicWriter::close);
        producer.close();
    }

    @Test
    void aSlowRegistryHoldsUpNoOtherTopicAndWhatWasGivenUpIsNeverWritten() {
        List<CompletableFuture<Answers>> slow = IntStream.range(0, 20)
                .mapToObj(id -> publisher.publish(order("slow", id)))
                .toList();
        CompletableFuture<Answers> fast = publisher.publish(order("fast", 1));
        acknowledge();

        assertThat(fast.join().answers().get(0).status()).isEqualTo(200);
        assertThat(slow.get(0)).isNotDone();
        assertThat(answer(slow.get(0)).message())
                .isEqualTo(
                        "Error message: topic slow was not written to within 1000 ms: its schema is still being looked for");
        assertThat(slow)
                .allSatisfy(answers -> assertThat(answer(answers).status()).isEqualTo(500));

        registry.countDown();
        CompletableFuture<Answers> later = publisher.publish(order("slow", 20));
        acknowledge();
        assertThat(answer(later).status()).isEqualTo(200);
        assertThat(kafka.history()).hasSize(2);
    }

    @Test
    void aRecordThatIsNotAcknowledgedInTimeIsSaidToBePossiblyWritten() {
        assertThat(answer(publisher.publish(order("fast", 1))).message())
                .isEqualTo(
                        "Error message: topic fast did not acknowledge the record within 1000 ms; it may still be written");
    }

    @Test
    void aRepetitionOfWhatWasGivenUpWhileItWasOutJoinsIt() {
        ObjectNode request = order("fast", 1).put("idempotencyKey", "k");
        assertThat(answer(publisher.publish(request)).status()).isEqualTo(500);

        CompletableFuture<Answers> repeated = publisher.publish(request);
        acknowledge();

        assertThat(answer(repeated).status()).isEqualTo(200);
        assertThat(answer(publisher.publish(request)).status()).isEqualTo(200);
        assertThat(kafka.history()).hasSize(1);
        assertThat(requests("fast", "repeated")).isEqualTo(2);
    }

    @Test
    void aRepetitionThatHasLessTimeDoesNotGiveUpWhatItRepeats() {
        ObjectNode request = order("slow", 1).put("idempotencyKey", "k");
        CompletableFuture<Answers> first = publisher.publish(request);

        assertThat(answer(publisher.publish(request, Duration.ofMillis(50))).message())
                .endsWith("it may still be written");
        registry.countDown();
        acknowledge();

        assertThat(answer(first).status()).isEqualTo(200);
    }

    @Test
    void aRepetitionOfWhatFailedMeanwhileIsPublished() {
        ObjectNode request = order("fast", 1).put("idempotencyKey", "k");
        CompletableFuture<Answers> first = publisher.publish(request);
        await().until(() -> kafka.errorNext(new NotEnoughReplicasException("no")));
        assertThat(answer(first).message())
                .isEqualTo("Error message: topic fast has fewer replicas in sync than its min.insync.replicas:"
                        + " look at its brokers; the record may have been written");

        CompletableFuture<Answers> repeated = publisher.publish(request);
        acknowledge();

        assertThat(answer(repeated).status()).isEqualTo(200);
        assertThat(kafka.history()).hasSize(2);
    }

    @Test
    void aRequestMayWantLessThanAnswersSayOtherwise() {
        RequestPublisher verbose = publisher("true");
        CompletableFuture<Answers> plain = verbose.publish(order("fast", 1).put("verbose", false));
        acknowledge();
        CompletableFuture<Answers> told = verbose.publish(order("fast", 1));
        acknowledge();

        assertThat(answer(plain)).isEqualTo(new Answer(200, "ok", null, null, null));
        assertThat(answer(told)).isEqualTo(new Answer(200, "ok", "fast", 0, 1L));
    }

    @Test
    void aFaultOfOurOwnIsAnswered500WithoutItsMessage() {
        assertThat(answer(publisher.publish(order("broken", 1))).message())
                .startsWith(
                        "Error message: topic broken was not written to: unexpected java.lang.IllegalStateException at ")
                .doesNotContain("secret");
    }

    @Test
    void requestsAreCountedByTopicsThatAreListedAndByOutcome() {
        CompletableFuture<Answers> published =
                publisher.publish(order("fast", 1).put("key", "four"));
        acknowledge();
        published.join();
        publisher.publish(order("no-such-topic", 1)).join();
        publisher.publish("[").join();
        publisher.publish(order("broken", 1)).join();

        assertThat(requests("fast", "published")).isEqualTo(1);
        assertThat(requests(GatewayReport.UNKNOWN, "refused")).isEqualTo(2);
        assertThat(requests("broken", "failed")).isEqualTo(1);
        assertThat(meters.get("kafila.gateway.answers")
                        .tag("topic", "fast")
                        .timer()
                        .count())
                .isEqualTo(1);
        assertThat(meters.getMeters())
                .flatExtracting(meter -> meter.getId().getTags())
                .doesNotContain(io.micrometer.core.instrument.Tag.of("topic", "no-such-topic"));
    }

    private double requests(String topic, String outcome) {
        return meters.get("kafila.gateway.requests")
                .tags("topic", topic, "outcome", outcome)
                .counter()
                .count();
    }

    /** Of the next record, once it is there. */
    private void acknowledge() {
        await().until(kafka::completeNext);
    }

    private static Answer answer(CompletableFuture<Answers> answers) {
        return answers.join().answers().get(0);
    }

    private static final class Given extends DefaultKafkaClientFactory {
        private final MockProducer<byte[], byte[]> producer;

        Given(MockProducer<byte[], byte[]> producer) {
            this.producer = producer;
        }

        @Override
        @SuppressWarnings("rawtypes") // The factory's contract is a raw type.
        public Producer getProducer(Properties properties) {
            return producer;
        }
    }
}
