package dev.kafila.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class PlanTest {
    @Test
    void partitionsAndSizesVaryForBothTargetsAndLatencies() {
        for (Plan.Factor factor : new Plan(false).factors().subList(0, 2)) {
            Set<Integer> levels =
                    factor.setups().stream().map(factor.value()::applyAsInt).collect(Collectors.toSet());

            assertThat(factor.setups())
                    .as(factor.title())
                    .hasSize(4 * levels.size())
                    .doesNotHaveDuplicates();
        }
    }

    @Test
    void requestsInFlightVaryOverMorePartitionsThanThereAreRequests() {
        List<Setup> setups = new Plan(false).factors().get(2).setups();

        assertThat(setups).hasSize(10).doesNotHaveDuplicates();
        assertThat(setups).allMatch(setup -> setup.concurrency() == setup.maxInFlight());
    }

    @Test
    void aBacklogIsBoundedInCountAndInBytes() {
        assertThat(Backlog.of(8, 100, false).records()).isEqualTo(800_000);
        assertThat(Backlog.of(8, 10_240, false).records()).isEqualTo(40_960);
        assertThat(Backlog.of(8, 10_240, true).records()).isEqualTo(10_240);
    }

    @Test
    void moreBatchesThanPartitionsAreNeverOut() {
        Setup setup = Setup.of(Flow.ESM, Backlog.of(8, 512, false), 0);

        assertThat(setup.maxInFlight()).isEqualTo(16);
        assertThat(setup.concurrency()).isEqualTo(8);
        assertThat(setup.withInFlight(4).concurrency()).isEqualTo(4);
    }

    @Test
    void everyDrainIsRunOnceBesidesItsTopic() {
        new Plan(false).byBacklog().forEach((backlog, setups) -> assertThat(setups)
                .allMatch(setup -> setup.backlog().equals(backlog)));
    }

    @Test
    void batchesOfSeveralMegabytesHaveMoreHeap() {
        assertThat(Setup.of(Flow.ESM, Backlog.of(8, 512, false), 0).heap()).containsExactly("-Xmx200m", "-Xmn116m");
        assertThat(Setup.of(Flow.ESM, Backlog.of(8, 10_240, false), 0).heap()).containsExactly("-Xmx512m");
    }
}
