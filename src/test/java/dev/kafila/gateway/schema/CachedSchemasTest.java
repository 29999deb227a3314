package dev.kafila.gateway.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.kafila.gateway.request.RequestException;
import dev.kafila.schema.DataFormat;
import dev.kafila.schema.LatestSchema;
import dev.kafila.schema.RegisteredSchema;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Phaser;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.errors.RetriableException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

/** How often a registry is asked, and what happens while it says nothing. The clock is the test's. */
@Timeout(30)
class CachedSchemasTest {
    private static final Duration REFRESH = Duration.ofMinutes(5);

    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);
    private final AtomicInteger asked = new AtomicInteger();
    private volatile Callable<String> registry = () -> "message A { int32 a = 1; }";

    private final CachedSchemas schemas =
            new CachedSchemas(TestOptions.directory(Path.of("unused"), "", Map.of()), this::latest, nanos::get);
    private final Logger logger = (Logger) LoggerFactory.getLogger(CachedSchema.class);
    private final ListAppender<ILoggingEvent> logged = new ListAppender<>();

    @BeforeEach
    void listen() {
        logged.start();
        logger.addAppender(logged);
    }

    @AfterEach
    void stop() {
        logger.detachAppender(logged);
        schemas.close();
    }

    @Test
    void aTopicsSchemaIsAskedForOnceUntilItIsRefreshed() throws Exception {
        TopicSchema first = schemas.find("orders");
        pass(REFRESH.minusNanos(1));

        assertThat(schemas.find("orders")).isSameAs(first);
        assertThat(asked).hasValue(1);
        pass(Duration.ofNanos(1));
        assertThat(schemas.find("orders")).isSameAs(first);
        assertThat(asked).hasValue(2);
        assertThat(schemas.find("orders")).isSameAs(first);
        assertThat(asked).hasValue(2);
        assertThat(logged.list).isEmpty();
    }

    @Test
    void aNewerVersionIsTakenAtTheRefresh() throws Exception {
        schemas.find("orders");
        registry = () -> "message B { int32 b = 1; }";
        pass(REFRESH);

        assertThat(schemas.find("orders").message().getName()).isEqualTo("B");
        assertThat(logged.list).extracting(ILoggingEvent::getLevel).containsExactly(Level.INFO);
    }

    @Test
    void requestsThatComeWhileTheFirstIsAskingWaitForItsAnswer() throws Exception {
        Phaser gate = closedGate("message A {}");
        ExecutorService senders = Executors.newFixedThreadPool(8);
        try {
            List<Future<TopicSchema>> waiting = IntStream.range(0, 8)
                    .mapToObj(i -> senders.submit(() -> schemas.find("orders")))
                    .toList();
            await().until(() -> asked.get() == 1);

            gate.arrive();

            TopicSchema found = waiting.get(0).get();
            for (Future<TopicSchema> one : waiting) {
                assertThat(one.get()).isSameAs(found);
            }
            assertThat(asked).hasValue(1);
        } finally {
            senders.shutdownNow();
        }
    }

    @Test
    void aTopicDoesNotWaitForAnotherOne() throws Exception {
        ExecutorService sender = Executors.newSingleThreadExecutor();
        try {
            Phaser gate = closedGate("message A {}");
            Future<TopicSchema> slow = sender.submit(() -> schemas.find("slow"));
            await().until(() -> asked.get() == 1);
            registry = () -> "message Fast {}";

            assertThat(schemas.find("fast").message().getName()).isEqualTo("Fast");
            gate.arrive();
            assertThat(slow.get().message().getName()).isEqualTo("A");
        } finally {
            sender.shutdownNow();
        }
    }

    @Test
    void theSchemaOfBeforeServesWhileTheRegistryIsAwayAndThatIsLoggedOnce() throws Exception {
        TopicSchema known = schemas.find("orders");
        registry = () -> {
            throw new RetriableException("no route to host");
        };
        pass(REFRESH);

        for (int i = 0; i < 5; i++) {
            assertThat(schemas.find("orders")).isSameAs(known);
        }
        assertThat(asked).hasValue(2);
        pass(CachedSchema.PAUSE);
        assertThat(schemas.find("orders")).isSameAs(known);
        assertThat(asked).hasValue(3);
        assertThat(logged.list).singleElement().satisfies(event -> {
            assertThat(event.getLevel()).isEqualTo(Level.WARN);
            assertThat(event.getFormattedMessage()).contains("orders", "go on", "no route to host");
        });
    }

    @Test
    void anotherOutageIsLoggedAgain() throws Exception {
        Callable<String> answering = registry;
        Callable<String> away = () -> {
            throw new RetriableException("away");
        };
        schemas.find("orders");
        for (Callable<String> next : List.of(away, answering, away)) {
            registry = next;
            pass(REFRESH);
            schemas.find("orders");
        }

        assertThat(logged.list).hasSize(2);
    }

    @Test
    void aRegistryThatHangsAtARefreshHoldsNoRequestUpForLong() throws Exception {
        TopicSchema known = schemas.find("orders");
        Phaser gate = closedGate("message B {}");
        pass(REFRESH);

        assertThat(schemas.find("orders")).isSameAs(known);
        assertThat(schemas.find("orders")).isSameAs(known);
        gate.arrive();

        await().untilAsserted(() ->
                assertThat(schemas.find("orders").message().getName()).isEqualTo("B"));
        assertThat(asked).hasValue(2);
    }

    @Test
    void aSchemaThatIsGoneIsNotUsedAnyLonger() throws Exception {
        schemas.find("orders");
        registry = () -> {
            throw new DataException("There is no schema orders of the registry here");
        };
        pass(REFRESH);

        assertThat(refusal("orders").status()).isEqualTo(400);
        assertThat(refusal("orders").status()).isEqualTo(400);
    }

    @Test
    void aFailureIsToldToAllWhoAskWithinAPauseAndThenAskedAgain() throws Exception {
        Callable<String> answering = registry;
        registry = () -> {
            throw new RetriableException("away");
        };

        RequestException first = refusal("orders");
        RequestException second = refusal("orders");

        assertThat(first).hasMessage("Error message: away");
        assertThat(first.status()).isEqualTo(500);
        assertThat(second).isNotSameAs(first).hasMessage(first.getMessage());
        assertThat(asked).hasValue(1);
        assertThat(logged.list).singleElement().satisfies(event -> assertThat(event.getFormattedMessage())
                .contains("orders", "are answered 500"));
        registry = answering;
        pass(CachedSchema.PAUSE);
        assertThat(schemas.find("orders")).isNotNull();
    }

    @Test
    void aSchemaThatIsNotThereIsAskedForAgainAfterAPause() throws Exception {
        Callable<String> answering = registry;
        registry = () -> {
            throw new DataException("There is no schema orders of the registry here");
        };

        assertThat(refusal("orders").status()).isEqualTo(400);
        registry = answering;
        pass(CachedSchema.PAUSE);

        assertThat(schemas.find("orders")).isNotNull();
        assertThat(logged.list).isEmpty();
    }

    @Test
    void anUnknownFieldAsksAtOnceButNotAtEveryRequest() throws Exception {
        TopicSchema known = schemas.find("orders");

        for (int i = 0; i < 5; i++) {
            assertThat(schemas.newerThan(known)).isSameAs(known);
        }
        assertThat(asked).hasValue(2);
        registry = () -> "message B {}";
        pass(CachedSchema.PAUSE);
        TopicSchema newer = schemas.newerThan(known);

        assertThat(newer.message().getName()).isEqualTo("B");
        assertThat(schemas.newerThan(known)).isSameAs(newer);
        assertThat(schemas.find("orders")).isSameAs(newer);
        assertThat(asked).hasValue(3);
    }

    @Test
    void whetherAFieldIsNewIsNotKnownWhileTheRegistryIsAway() throws Exception {
        TopicSchema known = schemas.find("orders");
        registry = () -> {
            throw new RetriableException("away");
        };

        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> schemas.newerThan(known)).hasMessage("Error message: away");
        }
        assertThat(asked).hasValue(2);
        assertThat(schemas.find("orders")).isSameAs(known);
    }

    @Test
    void aRegistryThatHangsDoesNotHoldUpARequestWithAnUnknownFieldForLong() throws Exception {
        TopicSchema known = schemas.find("orders");
        Phaser gate = closedGate("message B {}");

        assertThatThrownBy(() -> schemas.newerThan(known))
                .isInstanceOfSatisfying(RequestException.class, refusal -> assertThat(refusal.status())
                        .isEqualTo(500))
                .hasMessage("Error message: whether the schema of topic orders has a newer version is not known yet");
        assertThat(schemas.find("orders")).isSameAs(known);
        gate.arrive();
        await().untilAsserted(() ->
                assertThat(schemas.find("orders").message().getName()).isEqualTo("B"));
    }

    @Test
    void whatIsBrokenInARegistryIsNotTheSendersFault() {
        registry = () -> {
            throw new IllegalStateException("broken");
        };

        assertThat(refusal("orders")).hasMessage("Error message: broken");
    }

    @Test
    void anInterruptedRequestIsAnsweredAndStaysInterrupted() throws Exception {
        Phaser gate = closedGate("message A {}");
        Thread.currentThread().interrupt();

        assertThat(refusal("orders").status()).isEqualTo(500);
        assertThat(Thread.interrupted()).isTrue();
        gate.arrive();
    }

    @Test
    void whoAsksAfterTheEndIsAnswered500() {
        schemas.close();

        assertThat(refusal("orders").status()).isEqualTo(500);
    }

    private RequestException refusal(String topic) {
        return catchThrowableOfType(RequestException.class, () -> schemas.find(topic));
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    /** The registry answers from now on when the returned party arrives. */
    private Phaser closedGate(String proto) {
        Phaser gate = new Phaser(1);
        registry = () -> {
            gate.awaitAdvance(0);
            return proto;
        };
        return gate;
    }

    private LatestSchema latest(String name) {
        asked.incrementAndGet();
        try {
            String text = "syntax = \"proto3\"; " + registry.call();
            return new LatestSchema(
                    new RegisteredSchema("schema " + name, DataFormat.PROTOBUF, text, Map.of(), null), null);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
