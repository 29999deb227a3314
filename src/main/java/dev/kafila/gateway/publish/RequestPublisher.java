package dev.kafila.gateway.publish;

import dev.kafila.gateway.publish.IdempotencyKeys.Claim;
import dev.kafila.gateway.request.Answer;
import dev.kafila.gateway.request.PublishRequest;
import dev.kafila.gateway.request.RequestException;
import dev.kafila.gateway.request.RequestReader;
import dev.kafila.gateway.request.Requests;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.RecordMetadata;

/** Publishes requests and answers each of them, at the latest when its time is over. Thread-safe. */
final class RequestPublisher {
    private final GatewayOptions options;
    private final RequestReader reader;
    private final Map<String, TopicWriter> writers;
    private final IdempotencyKeys keys;
    private final GatewayReport report;

    /** @param writers by the topics that may be written to */
    RequestPublisher(
            GatewayOptions options, Map<String, TopicWriter> writers, IdempotencyKeys keys, GatewayReport report) {
        this.options = options;
        this.writers = writers;
        this.keys = keys;
        this.report = report;
        reader = new RequestReader(writers.keySet(), options.batchLimit());
    }

    /** The same with all the time that a request may take. */
    CompletableFuture<Answers> publish(Object json) {
        return publish(json, options.timeout());
    }

    /**
     * Never fails, and does not wait.
     *
     * @param json one request, or an array of them, as {@link RequestReader} reads it
     * @param most that it may take, if that is less than every request may; null: all of that
     */
    CompletableFuture<Answers> publish(Object json, Duration most) {
        long begin = System.nanoTime();
        Duration time = most == null || most.compareTo(options.timeout()) > 0 ? options.timeout() : most;
        Requests requests;
        try {
            requests = reader.read(json);
        } catch (RequestException e) {
            return CompletableFuture.completedFuture(Answers.of(refused(e, GatewayReport.UNKNOWN, begin)));
        }
        Map<String, List<Publication>> begun = new LinkedHashMap<>();
        List<CompletableFuture<Answer>> answers =
                new ArrayList<>(requests.items().size());
        requests.items().forEach(item -> answers.add(answer(item, begun, time, begin)));
        begun.forEach((topic, publications) -> writers.get(topic).write(publications));
        return CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new))
                .thenApply(all -> new Answers(
                        requests.batch(),
                        answers.stream().map(CompletableFuture::join).toList()));
    }

    /** @param begun gets the publication that the request begins, if it does */
    private CompletableFuture<Answer> answer(
            Requests.Item item, Map<String, List<Publication>> begun, Duration time, long begin) {
        if (item.refusal() != null) {
            return CompletableFuture.completedFuture(refused(item.refusal(), GatewayReport.UNKNOWN, begin));
        }
        PublishRequest request = item.request();
        Claim claim;
        try {
            claim = keys.claim(request);
        } catch (RequestException e) {
            return CompletableFuture.completedFuture(refused(e, request.topic(), begin));
        } catch (RuntimeException | StackOverflowError e) {
            // Those before it in the array are begun.
            return CompletableFuture.completedFuture(
                    failed(new PublishFailedException(Failures.unexpected(e)), request.topic(), begin));
        }
        if (!claim.repeated()) {
            begun.computeIfAbsent(request.topic(), topic -> new ArrayList<>()).add(claim.publication());
        }
        // A copy: the publication goes on when this request's time is over.
        return claim.place()
                .copy()
                .orTimeout(time.toMillis(), TimeUnit.MILLISECONDS)
                .handle((place, problem) -> problem == null
                        ? published(request, place, claim.repeated(), begin)
                        : unpublished(claim, request.topic(), problem, time, begin));
    }

    private Answer published(PublishRequest request, RecordMetadata place, boolean repeated, long begin) {
        report.published(request.topic(), place, repeated, begin);
        boolean verbose = request.verbose() == null ? options.verbose() : request.verbose();
        if (!verbose) {
            return new Answer(200, "ok", null, null, null);
        }
        // An acknowledgement of a record that the broker had already may come without the place.
        Long offset = place.hasOffset() ? (Long) place.offset() : null;
        return new Answer(200, "ok", place.topic(), place.partition(), offset);
    }

    private Answer unpublished(Claim claim, String topic, Throwable problem, Duration time, long begin) {
        Throwable reason = problem instanceof CompletionException ? problem.getCause() : problem;
        if (reason instanceof TimeoutException) {
            reason = late(claim, topic, time);
        }
        if (reason instanceof RequestException refusal) {
            return refused(refusal, topic, begin);
        }
        return failed(reason, topic, begin);
    }

    private Answer failed(Throwable reason, String topic, long begin) {
        report.failed(topic, reason, begin);
        return Answer.failed(reason.getMessage());
    }

    private PublishFailedException late(Claim claim, String topic, Duration time) {
        long millis = time.toMillis();
        PublishFailedException waiting = new PublishFailedException("topic " + topic + " was not written to within "
                + millis + " ms: " + writers.get(topic).obstacle(claim.publication()));
        // What another request began is not given up with this one.
        return !claim.repeated() && claim.publication().giveUp(waiting)
                ? waiting
                : new PublishFailedException("topic " + topic + " did not acknowledge the record within " + millis
                        + " ms; it may still be written");
    }

    private Answer refused(RequestException refusal, String topic, long begin) {
        if (refusal.status() >= 500) {
            report.failed(topic, refusal, begin);
        } else {
            report.refused(topic, begin);
        }
        return Answer.refused(refusal);
    }
}
