package dev.kafila.eventbridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.kafila.eventbridge.RequestLimiter.Ending;
import dev.kafila.eventbridge.RequestLimiter.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RequestLimiterTest {
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void close() {
        threads.shutdownNow();
    }

    @Test
    void noMoreAreOutAtOnceThanAllowed() throws Exception {
        RequestLimiter limiter = new RequestLimiter("orders", 2, 0);
        Place first = limiter.await(() -> true);
        limiter.await(() -> true);

        CompletableFuture<Place> third = waiting(limiter, new AtomicBoolean(true));
        await().during(100, TimeUnit.MILLISECONDS).until(() -> !third.isDone());
        limiter.end(first, Ending.TAKEN);

        assertThat(third.get(20, TimeUnit.SECONDS)).isNotNull();
    }

    @Test
    void aThrottleHalvesTheLimitAndSuccessesRaiseItOneByOne() throws Exception {
        RequestLimiter limiter = new RequestLimiter("orders", 8, 0);

        limiter.end(limiter.await(() -> true), Ending.THROTTLED);
        assertThat(limiter.limit()).isEqualTo(4);
        for (int i = 0; i < 5; i++) {
            limiter.end(limiter.await(() -> true), Ending.TAKEN);
        }
        assertThat(limiter.limit()).isEqualTo(5);
        for (int i = 0; i < 100; i++) {
            limiter.end(limiter.await(() -> true), Ending.TAKEN);
        }
        assertThat(limiter.limit()).isEqualTo(8);
    }

    @Test
    void requestsThatWereOutWhenTheLimitWasLoweredDoNotLowerItAgain() throws Exception {
        RequestLimiter limiter = new RequestLimiter("orders", 64, 0);
        List<Place> out = new ArrayList<>();
        for (int i = 0; i < 64; i++) {
            out.add(limiter.await(() -> true));
        }

        for (Place place : out) {
            limiter.end(place, Ending.THROTTLED);
        }
        assertThat(limiter.limit()).isEqualTo(32);

        limiter.end(limiter.await(() -> true), Ending.THROTTLED);
        assertThat(limiter.limit()).isEqualTo(16);
    }

    @Test
    void anEndingThatTellsNothingLeavesTheLimit() throws Exception {
        RequestLimiter limiter = new RequestLimiter("orders", 8, 0);
        limiter.end(limiter.await(() -> true), Ending.THROTTLED);

        limiter.end(limiter.await(() -> true), Ending.OTHER);

        assertThat(limiter.limit()).isEqualTo(4);
    }

    @Property
    void theLimitIsNeverBelowOneNorAboveWhatWasAskedFor(
            @ForAll @IntRange(min = 1, max = 100) int most, @ForAll @Size(max = 200) List<Ending> endings)
            throws Exception {
        RequestLimiter limiter = new RequestLimiter("orders", most, 0);

        for (Ending ending : endings) {
            limiter.end(limiter.await(() -> true), ending);

            assertThat(limiter.limit()).isBetween(1, most);
        }
    }

    @Test
    void aWaitEndsWhenItIsNotWantedAnyMore() throws Exception {
        RequestLimiter limiter = new RequestLimiter("orders", 1, 0);
        limiter.await(() -> true);
        AtomicBoolean wanted = new AtomicBoolean(true);
        CompletableFuture<Place> second = waiting(limiter, wanted);

        wanted.set(false);

        assertThat(second.get(20, TimeUnit.SECONDS)).isNull();
        assertThat(limiter.await(wanted::get)).isNull();
    }

    @Test
    void aPlaceThatNobodyTookIsTheNextOnes() throws Exception {
        RequestLimiter limiter = new RequestLimiter("orders", 1, 0);
        Place only = limiter.await(() -> true);
        AtomicBoolean wanted = new AtomicBoolean(true);
        CompletableFuture<Place> gone = waiting(limiter, wanted);
        CompletableFuture<Place> stays = waiting(limiter, new AtomicBoolean(true));
        wanted.set(false);
        assertThat(gone.get(20, TimeUnit.SECONDS)).isNull();

        limiter.end(only, Ending.OTHER);

        assertThat(stays.get(20, TimeUnit.SECONDS)).isNotNull();
    }

    @Test
    void whoWaitsLongestIsNext() throws Exception {
        RequestLimiter limiter = new RequestLimiter("orders", 1, 0);
        Place place = limiter.await(() -> true);
        Queue<Integer> order = new ConcurrentLinkedQueue<>();
        List<CompletableFuture<Place>> waits = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            int number = i;
            waits.add(waiting(limiter, new AtomicBoolean(true)).whenComplete((p, e) -> order.add(number)));
            await().until(() -> limiter.waiting() == number + 1);
        }

        for (CompletableFuture<Place> wait : waits) {
            limiter.end(place, Ending.TAKEN);
            place = wait.get(20, TimeUnit.SECONDS);
        }

        assertThat(order).containsExactly(0, 1, 2, 3, 4);
    }

    private CompletableFuture<Place> waiting(RequestLimiter limiter, AtomicBoolean wanted) {
        CompletableFuture<Place> place = new CompletableFuture<>();
        threads.execute(() -> {
            try {
                place.complete(limiter.await(wanted::get));
            } catch (InterruptedException e) {
                place.completeExceptionally(e);
            }
        });
        return place;
    }
}
