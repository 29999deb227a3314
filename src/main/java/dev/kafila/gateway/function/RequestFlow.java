package dev.kafila.gateway.function;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.kafila.failure.StackTraces;
import dev.kafila.gateway.publish.RequestSink;
import dev.kafila.gateway.request.Answer;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The route of requests into Kafka, asked by who has to have an answer in time. */
public final class RequestFlow implements AutoCloseable {
    /** The only route that a function needs. */
    public static final String ROUTE = "classpath:routes/request-to-kafka.camel.yaml";

    /** What requests are given up before the end of an invocation, so that their answers leave in time; at most half of the whole. */
    private static final Duration RESERVE = Duration.ofMillis(500);

    /** Lambda gives up a start after 10 s. */
    private static final Duration WARM_UP = Duration.ofSeconds(5);

    private static final Logger LOG = LoggerFactory.getLogger(RequestFlow.class);
    private static final ObjectWriter JSON = JsonMapper.builder().build().writerFor(Answer.class);
    /** Is refused, after everything that reads a request has been loaded. */
    private static final byte[] NOTHING = {'{', '}'};

    private static final String ENDPOINT = "direct:request-to-kafka";

    private final ProducerTemplate template;

    /** @param context in which the route is started */
    public RequestFlow(CamelContext context) {
        template = context.createProducerTemplate();
    }

    /**
     * Finds schemas and topics, and loads what it takes, before there is a request. A start has all of the processor, and an invocation a
     * share that follows from its memory. Returns when that is done, or after some seconds.
     */
    public void warmUp() {
        answer(NOTHING, WARM_UP);
        CompletableFuture<Exchange> done =
                template.asyncSend(ENDPOINT, exchange -> exchange.setProperty(RequestSink.WARM_UP, true));
        try {
            done.get(WARM_UP.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            LOG.warn("The cluster or the registry of schemas has not answered yet");
        } catch (ExecutionException e) {
            unexpected(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * The answer to one request or to an array of them, as JSON.
     *
     * @param time after which nobody waits for the answer any more
     */
    public byte[] answer(byte[] request, Duration time) {
        long begin = System.nanoTime();
        Duration reserve = RESERVE.compareTo(time.dividedBy(2)) < 0 ? RESERVE : time.dividedBy(2);
        CompletableFuture<Exchange> done = template.asyncSend(ENDPOINT, exchange -> {
            exchange.getMessage().setBody(request);
            Duration spent = Duration.ofNanos(System.nanoTime() - begin);
            exchange.setProperty(RequestSink.TIME, time.minus(reserve).minus(spent));
        });
        try {
            return answer(done.get(time.minus(reserve.dividedBy(2)).toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            LOG.warn("The time of an invocation ran out: give the function a longer timeout");
            return failed("the time of the invocation ran out; what was requested may be published or not");
        } catch (ExecutionException e) {
            return unexpected(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return failed("interrupted; what was requested may be published or not");
        }
    }

    private static byte[] answer(Exchange exchange) {
        if (exchange.getException() != null) {
            return unexpected(exchange.getException());
        }
        return exchange.getMessage().getBody(byte[].class);
    }

    /** What the route should have answered. The message may hold the request. */
    private static byte[] unexpected(Throwable failure) {
        LOG.error("A request failed: {}", StackTraces.withoutMessages(failure));
        return failed(failure.toString());
    }

    private static byte[] failed(String reason) {
        try {
            return JSON.writeValueAsBytes(Answer.failed(reason));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("An answer is always JSON", e);
        }
    }

    @Override
    public void close() throws IOException {
        template.close();
    }
}
