package dev.kafila.preflight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class PreflightTest {
    private static final Duration LONG = Duration.ofSeconds(20);

    private final DefaultCamelContext context = new DefaultCamelContext();
    /** As routes keep their sinks. */
    private final List<Flow> flows = new ArrayList<>();

    @AfterEach
    void stop() {
        context.stop();
    }

    @Test
    void whileTheContextStartsEveryRouteIsToldOfAllProblems() {
        Preflight preflight = new Preflight(context, LONG);
        Flow one = flow("one", () -> Optional.of("no f"));
        Flow two = flow("two", () -> Optional.of("no g"));
        preflight.enlist(one);
        preflight.enlist(two);

        for (Flow flow : List.of(one, two)) {
            assertThatThrownBy(() -> preflight.await(flow))
                    .isInstanceOf(PreflightException.class)
                    .hasMessageContaining("\n  one: no f\n  two: no g\n");
        }
        assertThat(one.asked).hasValue(1);
    }

    @Test
    void whenTheContextRunsARouteIsToldOfItsOwnOnly() {
        context.start();
        Preflight preflight = new Preflight(context, LONG);
        Flow left = flow("left behind", () -> Optional.of("no f"));
        Flow started = flow("started", Optional::empty);
        preflight.enlist(left);
        preflight.enlist(started);
        preflight.begin();

        assertThatCode(() -> preflight.await(started)).doesNotThrowAnyException();
    }

    @Test
    void aRouteThatIsStartedAgainAsksAgain() {
        context.start();
        Preflight preflight = new Preflight(context, LONG);
        Flow flow = flow("flow", Optional::empty);
        preflight.enlist(flow);
        preflight.begin();

        preflight.await(flow);
        assertThat(flow.asked).hasValue(1);
        preflight.await(flow);
        assertThat(flow.asked).hasValue(2);
    }

    @Test
    void anAnswerThatDoesNotComeHoldsUpNothing() throws Exception {
        Preflight preflight = new Preflight(context, Duration.ofMillis(100));
        CountDownLatch never = new CountDownLatch(1);
        Flow flow = flow("flow", () -> {
            try {
                return Optional.of(String.valueOf(never.await(20, TimeUnit.SECONDS)));
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });

        assertThatCode(() -> preflight.await(flow)).doesNotThrowAnyException();
        never.countDown();
    }

    @Test
    void checksAreMadeSideBySide() {
        Preflight preflight = new Preflight(context, LONG);
        CountDownLatch both = new CountDownLatch(2);
        Supplier<Optional<String>> check = () -> {
            both.countDown();
            try {
                return both.await(10, TimeUnit.SECONDS) ? Optional.empty() : Optional.of("one after the other");
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        };

        assertThatCode(() -> preflight.await(flow("flow", List.of(check, check))))
                .doesNotThrowAnyException();
    }

    @Test
    void aCheckThatFailsByItselfIsNoReasonNotToStart() {
        Flow flow = flow("flow", () -> {
            throw new IllegalStateException("broken check");
        });

        assertThatCode(() -> new Preflight(context, LONG).await(flow)).doesNotThrowAnyException();
    }

    @Test
    void onlyTheRoutesThatAreNamedAreAskedForInARehearsal() {
        Preflight preflight = new Preflight(context, LONG);
        preflight.enlist(flow("one", () -> Optional.of("no f")));
        preflight.enlist(flow("two", Optional::empty));

        assertThatCode(() -> preflight.await("two"::equals)).doesNotThrowAnyException();
        assertThatThrownBy(() -> preflight.await("one"::equals)).hasMessageContaining("one: no f");
    }

    private Flow flow(String route, Supplier<Optional<String>> check) {
        return flow(route, List.of(check));
    }

    private Flow flow(String route, List<Supplier<Optional<String>>> checks) {
        Flow flow = new Flow(route, checks);
        flows.add(flow);
        return flow;
    }

    private static final class Flow implements Checked {
        private final String route;
        private final List<Supplier<Optional<String>>> checks;
        private final AtomicInteger asked = new AtomicInteger();

        Flow(String route, List<Supplier<Optional<String>>> checks) {
            this.route = route;
            this.checks = checks;
        }

        @Override
        public String route() {
            return route;
        }

        @Override
        public List<Supplier<Optional<String>>> checks() {
            asked.incrementAndGet();
            return checks;
        }
    }
}
