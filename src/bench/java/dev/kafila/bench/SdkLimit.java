package dev.kafila.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * How fast the AWS SDK alone is, as a process of its own that prints one line of JSON.
 *
 * <p>{@code endpoint=} {@code operation=invoke|putevents} {@code client=async|sync} {@code batch=} {@code bytes=} {@code concurrency=}
 * {@code warm-up=} and {@code seconds=}.
 */
public final class SdkLimit {
    private final Supplier<CompletableFuture<?>> call;
    private final int concurrency;

    private SdkLimit(Supplier<CompletableFuture<?>> call, int concurrency) {
        this.call = call;
        this.concurrency = concurrency;
    }

    public static void main(String[] args) throws InterruptedException, JsonProcessingException {
        Arguments arguments = Arguments.of(args);
        String operation = arguments.text("operation");
        String client = arguments.text("client", "async");
        int batch = arguments.number("batch", operation.equals("putevents") ? 10 : 100);
        int bytes = arguments.number("bytes", 512);
        int concurrency = arguments.number("concurrency", 8);
        Supplier<CompletableFuture<?>> call = new SdkCalls(URI.create(arguments.text("endpoint")), concurrency)
                .of(client.equals("async"), operation, batch, bytes);
        SdkLimit limit = new SdkLimit(call, concurrency);
        limit.run(arguments.number("warm-up", 5));
        double cpu = OwnProcess.cpuSeconds();
        long begin = System.nanoTime();
        long records = limit.run(arguments.number("seconds", 8)) * batch;
        double seconds = (System.nanoTime() - begin) / 1e9;
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("limit", "sdk");
        result.put("operation", operation);
        result.put("client", client);
        result.put("batch", batch);
        result.put("bytes", bytes);
        result.put("concurrency", concurrency);
        result.put("records", records);
        result.put("recordsPerSecond", records / seconds);
        result.put("cpuSecondsPerMillion", (OwnProcess.cpuSeconds() - cpu) * 1e6 / records);
        System.out.println(JsonMapper.builder().build().writeValueAsString(result));
        // The clients' threads are not worth a farewell.
        System.exit(0);
    }

    /** Calls for that long, and returns how many calls were answered. */
    private long run(int seconds) throws InterruptedException {
        Semaphore free = new Semaphore(concurrency);
        AtomicLong answered = new AtomicLong();
        long end = System.nanoTime() + seconds * 1_000_000_000L;
        while (System.nanoTime() < end) {
            free.acquire();
            CompletableFuture<?> unused = call.get().whenComplete((answer, failure) -> {
                if (failure != null) {
                    System.err.println(failure);
                    Runtime.getRuntime().halt(1);
                }
                answered.incrementAndGet();
                free.release();
            });
        }
        free.acquire(concurrency);
        return answered.get();
    }
}
