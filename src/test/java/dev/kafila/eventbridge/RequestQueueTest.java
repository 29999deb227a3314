package dev.kafila.eventbridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.kafila.eventbridge.RequestLimiter.Ending;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RequestQueueTest {
    /** Two engines run these tests, so neither closes it. */
    private static final ExecutorService THREADS = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task);
        thread.setDaemon(true);
        return thread;
    });

    private static final long SMALL = 1000;
    private static final long LARGE = 60_000;

    private final List<String> sent = new CopyOnWriteArrayList<>();
    private final List<String> dropped = new CopyOnWriteArrayList<>();

    @Test
    void theThreadOfARequestGoesOnWithTheNextOfAnotherBatch() throws Exception {
        AtomicInteger handedOver = new AtomicInteger();
        RequestQueue queue = new RequestQueue(limiter(1), task -> {
            handedOver.incrementAndGet();
            THREADS.execute(task);
        });
        CountDownLatch answer = new CountDownLatch(1);
        RequestLine first = queue.line(() -> true);
        first.add(request("first", answer), SMALL);
        CompletableFuture<Void> second = batch(queue, "second", "third", "last");
        await().until(() -> queue.waiting() == 3);

        answer.countDown();
        first.await();
        second.get(20, TimeUnit.SECONDS);

        assertThat(sent).containsExactly("first", "second", "third", "last");
        assertThat(handedOver).hasValue(1);
    }

    @Test
    void whatWaitsLongestIsNext() throws Exception {
        RequestQueue queue = new RequestQueue(limiter(1), THREADS);
        CountDownLatch answer = new CountDownLatch(1);
        queue.line(() -> true).add(request("out", answer), SMALL);
        List<CompletableFuture<Void>> batches = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            batches.add(batch(queue, "a" + i, "b" + i));
            int waiting = 2 * (i + 1);
            await().until(() -> queue.waiting() == waiting);
        }

        answer.countDown();

        for (CompletableFuture<Void> batch : batches) {
            batch.get(20, TimeUnit.SECONDS);
        }
        assertThat(sent).containsExactly("out", "a0", "b0", "a1", "b1", "a2", "b2", "a3", "b3", "a4", "b4");
    }

    @Test
    void aBatchIsNoFurtherAheadThanAFewRequests() throws Exception {
        RequestQueue queue = new RequestQueue(limiter(1), THREADS);
        CountDownLatch answer = new CountDownLatch(1);
        AtomicInteger added = new AtomicInteger();
        CompletableFuture<Void> batch = onThread(() -> {
            RequestLine line = queue.line(() -> true);
            for (int i = 0; i < 10; i++) {
                line.add(request("r" + i, answer), LARGE);
                added.incrementAndGet();
            }
            line.await();
            return null;
        });

        // One is out, one waits, and the thread waits with the next.
        await().until(() -> queue.waiting() == 2);
        await().during(300, TimeUnit.MILLISECONDS).until(() -> added.get() == 2 && queue.waiting() == 2);
        answer.countDown();

        batch.get(20, TimeUnit.SECONDS);
        assertThat(sent).hasSize(10);
    }

    @Test
    void whatIsNotWantedAnyMoreIsDroppedWhereverItWaitsAndWhateverHangs() throws Exception {
        RequestQueue queue = new RequestQueue(limiter(1), THREADS);
        CountDownLatch never = new CountDownLatch(1);
        RequestLine hanging = queue.line(() -> true);
        hanging.add(request("out", never), SMALL);
        hanging.add(request("wanted", never), SMALL);
        AtomicBoolean wanted = new AtomicBoolean(true);
        CompletableFuture<Void> batch = onThread(() -> {
            RequestLine line = queue.line(wanted::get);
            line.add(request("a", never), LARGE);
            line.add(request("b", never), LARGE);
            line.await();
            return null;
        });
        await().until(() -> queue.waiting() == 3);

        wanted.set(false);

        batch.get(20, TimeUnit.SECONDS);
        assertThat(dropped).containsExactly("a", "b");
        assertThat(queue.waiting()).isEqualTo(1);
        never.countDown();
        hanging.await();
        assertThat(sent).containsExactly("out", "wanted");
    }

    @Test
    void whatIsNotWantedDoesNotHoldUpWhatIsBehindIt() throws Exception {
        RequestQueue queue = new RequestQueue(limiter(1), THREADS);
        CountDownLatch answer = new CountDownLatch(1);
        RequestLine out = queue.line(() -> true);
        out.add(request("out", answer), SMALL);
        AtomicBoolean wanted = new AtomicBoolean(true);
        // Its thread makes the next request and does not look.
        queue.line(wanted::get).add(request("unwanted", answer), SMALL);
        CompletableFuture<Void> behind = batch(queue, "behind");
        await().until(() -> queue.waiting() == 2);

        wanted.set(false);
        answer.countDown();

        behind.get(20, TimeUnit.SECONDS);
        assertThat(sent).containsExactly("out", "behind");
        assertThat(dropped).containsExactly("unwanted");
    }

    @Test
    void aRateIsKeptAlthoughNoRequestEndsWhenTheNextMayBegin() throws Exception {
        RequestQueue queue = new RequestQueue(new RequestLimiter("orders", 64, 20), THREADS);
        long begin = System.nanoTime();

        List<CompletableFuture<Void>> batches =
                List.of(batch(queue, "a", "b", "c"), batch(queue, "d", "e", "f"), batch(queue, "g"));
        for (CompletableFuture<Void> batch : batches) {
            batch.get(20, TimeUnit.SECONDS);
        }

        assertThat(sent).hasSize(7);
        // Six intervals of 50 ms, less 10 that may be caught up with.
        assertThat((System.nanoTime() - begin) / 1_000_000).isGreaterThanOrEqualTo(290);
    }

    @Test
    void aBatchWhoseThreadIsBusyHoldsNobodyUp() throws Exception {
        RequestQueue queue = new RequestQueue(new RequestLimiter("orders", 64, 10), THREADS);
        RequestLine busy = queue.line(() -> true);
        busy.add(request("a", new CountDownLatch(0)), SMALL);
        busy.add(request("b", new CountDownLatch(0)), SMALL);
        assertThat(queue.waiting()).isEqualTo(1);

        batch(queue, "c").get(20, TimeUnit.SECONDS);

        await().until(() -> sent.size() == 3);
        assertThat(sent).containsExactlyInAnyOrder("a", "b", "c");
    }

    @Test
    void aThreadThatIsInterruptedDoesNotWait() throws Exception {
        RequestQueue queue = new RequestQueue(limiter(1), THREADS);
        CountDownLatch answer = new CountDownLatch(1);
        RequestLine line = queue.line(() -> true);
        line.add(request("out", answer), SMALL);

        Thread.currentThread().interrupt();

        assertThatThrownBy(line::await).isInstanceOf(InterruptedException.class);
        answer.countDown();
        line.await();
    }

    @Test
    void aRequestThatLeavesItsThreadInterruptedDoesNotInterruptTheNext() throws Exception {
        RequestQueue queue = new RequestQueue(limiter(1), THREADS);
        CountDownLatch answer = new CountDownLatch(1);
        CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
        RequestLine line = queue.line(() -> true);
        line.add(
                sending(() -> {
                    answer.await();
                    Thread.currentThread().interrupt();
                    return null;
                }),
                SMALL);
        line.add(sending(() -> interrupted.complete(Thread.currentThread().isInterrupted())), SMALL);

        answer.countDown();

        assertThat(interrupted.get(20, TimeUnit.SECONDS)).isFalse();
        line.await();
    }

    /** However many places, batches and sizes: each request is sent or dropped once, and never are more out than may be. */
    @Property(tries = 100)
    void everyRequestIsSentOrDroppedOnce(
            @ForAll @IntRange(min = 1, max = 6) int places,
            @ForAll @IntRange(min = 1, max = 8) int batches,
            @ForAll long seed)
            throws Exception {
        RequestQueue queue = new RequestQueue(limiter(places), THREADS);
        Out out = new Out();
        List<CompletableFuture<Void>> all = new ArrayList<>();
        Random random = new Random(seed);
        int[] added = new int[batches];
        for (int i = 0; i < batches; i++) {
            int batch = i;
            added[i] = random.nextInt(30);
            int wantedFor = random.nextBoolean() ? Integer.MAX_VALUE : random.nextInt(30);
            boolean lastApart = random.nextBoolean();
            long size = random.nextInt(80_000);
            all.add(onThread(() -> {
                AtomicInteger begun = new AtomicInteger();
                RequestLine line = queue.line(() -> begun.get() < wantedFor);
                for (int n = 0; n < added[batch]; n++) {
                    if (lastApart && n == added[batch] - 1) {
                        line.addLast(out.request(begun), size);
                    } else {
                        line.add(out.request(begun), size);
                    }
                }
                line.await();
                return null;
            }));
        }

        for (CompletableFuture<Void> batch : all) {
            batch.get(20, TimeUnit.SECONDS);
        }

        int total = 0;
        for (int count : added) {
            total += count;
        }
        assertThat(out.sent.get() + out.dropped.get()).isEqualTo(total);
        assertThat(out.most.get()).isLessThanOrEqualTo(places);
        assertThat(queue.waiting()).isZero();
    }

    /** How many requests are out. */
    private static final class Out {
        private final AtomicInteger now = new AtomicInteger();
        private final AtomicInteger most = new AtomicInteger();
        private final AtomicInteger sent = new AtomicInteger();
        private final AtomicInteger dropped = new AtomicInteger();

        RequestQueue.Request request(AtomicInteger begun) {
            return new RequestQueue.Request() {
                @Override
                public Ending send() {
                    begun.incrementAndGet();
                    most.accumulateAndGet(now.incrementAndGet(), Math::max);
                    LockSupport.parkNanos(1000);
                    now.decrementAndGet();
                    sent.incrementAndGet();
                    return Ending.TAKEN;
                }

                @Override
                public void drop() {
                    dropped.incrementAndGet();
                }
            };
        }
    }

    private static RequestLimiter limiter(int places) {
        return new RequestLimiter("orders", places, 0);
    }

    private RequestQueue.Request request(String name, CountDownLatch answer) {
        return new RequestQueue.Request() {
            @Override
            public Ending send() {
                sent.add(name);
                try {
                    answer.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                return Ending.TAKEN;
            }

            @Override
            public void drop() {
                dropped.add(name);
            }
        };
    }

    private static RequestQueue.Request sending(Callable<?> task) {
        return new RequestQueue.Request() {
            @Override
            public Ending send() {
                try {
                    task.call();
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
                return Ending.TAKEN;
            }

            @Override
            public void drop() {
                throw new IllegalStateException("It is wanted");
            }
        };
    }

    private CompletableFuture<Void> batch(RequestQueue queue, String... names) {
        return onThread(() -> {
            RequestLine line = queue.line(() -> true);
            for (String name : names) {
                line.add(request(name, new CountDownLatch(0)), SMALL);
            }
            line.await();
            return null;
        });
    }

    private static CompletableFuture<Void> onThread(Callable<Void> task) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        THREADS.execute(() -> {
            try {
                done.complete(task.call());
            } catch (Exception e) {
                done.completeExceptionally(e);
            }
        });
        return done;
    }
}
