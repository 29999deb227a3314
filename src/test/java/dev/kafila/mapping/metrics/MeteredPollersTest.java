package dev.kafila.mapping.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kafila.batch.Ledger;
import dev.kafila.mapping.Mapping;
import dev.kafila.mapping.Observation;
import dev.kafila.mapping.Pollers;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.lambda.model.EventSourceMappingConfiguration;

class MeteredPollersTest {
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final Ledger ledger = Ledger.of(new DefaultCamelContext());
    private final StubPollers stub = new StubPollers();
    private final MeteredPollers pollers =
            new MeteredPollers(stub, ledger, List.of(registry), uuid -> "mapping-" + uuid);

    @Test
    void eachMappingThatRunsHereHasItsOwnAndNoOtherHasAny() {
        pollers.run(Map.of(mapping("a", "orders"), 2, mapping("b", "payments"), 1, mapping("c", "orders"), 0));

        assertThat(tags("uuid")).containsExactlyInAnyOrder("a", "b");
        assertThat(tags("function")).containsExactlyInAnyOrder("orders", "payments");
    }

    @Test
    void theyAreReadWhenSomebodyAsksAndKeptForThatLong() {
        pollers.run(Map.of(mapping("a", "orders"), 1));
        System.gc();

        ledger.calls("mapping-a").sent(5);
        ledger.calls("mapping-a").failed(2);
        ledger.calls("mapping-b").sent(9);

        assertThat(registry.get("kafila.mapping.invoked.events")
                        .functionCounter()
                        .count())
                .isEqualTo(5);
        assertThat(registry.get("kafila.mapping.failed.invoke.events")
                        .functionCounter()
                        .count())
                .isEqualTo(2);
    }

    @Test
    void aMappingThatDrainsIsCountedToItsEnd() {
        pollers.run(Map.of(mapping("a", "orders"), 1));
        stub.running.add(new Observation("a", 1, 1, 1, 0, 0, false, null, null));
        pollers.observe();

        pollers.run(Map.of());
        assertThat(tags("uuid")).containsExactly("a");

        stub.running.clear();
        pollers.observe();
        pollers.run(Map.of());
        assertThat(registry.getMeters()).isEmpty();
    }

    @Test
    void aMappingThatGetsAnotherFunctionIsShownWithThatOneOnly() {
        pollers.run(Map.of(mapping("a", "orders"), 1));
        stub.running.add(new Observation("a", 1, 1, 1, 0, 0, false, null, null));
        pollers.observe();

        pollers.run(Map.of(mapping("a", "payments"), 1));

        assertThat(tags("function")).containsExactly("payments");
    }

    private Set<String> tags(String name) {
        return registry.getMeters().stream()
                .map(Meter::getId)
                .map(id -> id.getTag(name))
                .collect(Collectors.toSet());
    }

    private static Mapping mapping(String uuid, String function) {
        return new Mapping(
                1,
                Mapping.Wanted.ENABLED,
                EventSourceMappingConfiguration.builder()
                        .uuid(uuid)
                        .functionArn(function)
                        .build(),
                Map.of());
    }

    private static final class StubPollers implements Pollers {
        private final List<Observation> running = new ArrayList<>();

        @Override
        public void run(Map<Mapping, Integer> pollers) {}

        @Override
        public Collection<Observation> observe() {
            return List.copyOf(running);
        }
    }
}
