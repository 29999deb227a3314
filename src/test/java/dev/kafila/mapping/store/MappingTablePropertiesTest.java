package dev.kafila.mapping.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever writers and owners do at the same time, wherever they die, and however the log is compacted. */
class MappingTablePropertiesTest {

    @Property(tries = 3_000)
    void allReadersAgree(@ForAll("steps") List<Integer> steps) {
        LogModel model = new LogModel();
        for (int step : steps) {
            model.step(step);
            assertThat(model.compacted().rows())
                    .containsExactlyInAnyOrderElementsOf(model.read().rows());
        }
    }

    @Property(tries = 3_000)
    void everyAcceptedChangeWasMadeOfTheOneBefore(@ForAll("steps") List<Integer> steps) {
        LogModel model = new LogModel();
        steps.forEach(model::step);

        Map<String, StoreKey.Change> last = new HashMap<>();
        for (LogModel.Accepted accepted : model.accepted()) {
            StoreKey.Change before = last.put(accepted.key().uuid(), accepted.key());
            if (before != null && before.version() >= accepted.key().version() - 1) {
                assertThat(accepted.madeOf()).isEqualTo(before.nonce());
                assertThat(accepted.key().version()).isEqualTo(before.version() + 1);
            }
        }
    }

    @Property(tries = 3_000)
    void whatIsDeletedNeverComesBack(@ForAll("steps") List<Integer> steps) {
        LogModel model = new LogModel();
        for (int step : steps) {
            model.step(step);
            assertThat(model.read().mappings()).noneMatch(row -> model.gone().contains(row.uuid()));
        }
    }

    @Property(tries = 3_000)
    void ofTwinsOnlyOneWasEverPromised(@ForAll("steps") List<Integer> steps) {
        LogModel model = new LogModel();
        for (int step : steps) {
            model.step(step);
            assertThat(model.promisedAndThere()).doesNotHaveDuplicates();
        }
    }

    @Provide
    Arbitrary<List<Integer>> steps() {
        return Arbitraries.integers().between(0, 1 << 20).list().ofMinSize(20).ofMaxSize(120);
    }
}
