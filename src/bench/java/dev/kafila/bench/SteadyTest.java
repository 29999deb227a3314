package dev.kafila.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SteadyTest {
    @Test
    void whatIsWantedStandsBesideWhatAWarmProcessDoes() {
        Setup setup = Setup.of(Flow.ESM, new Backlog(8, 512, 14_000_000), 0);

        Steady.Comparison comparison = new Steady.Comparison(SampleRows.of(setup, 2_500), new Cost(3_000, 1.25));

        assertThat(Steady.markdown(List.of(comparison), List.of("-Xmx1g")))
                .contains("`mvn -Pbench verify -Dbench.only=steady \"-Dbench.jvm=-Xmx1g\"`")
                .contains("14,000,000 (Lambda)")
                .contains(
                        "| Lambda, esm, 0 ms: part of the SDK's records/s | at least 0.5 | 0.40, **not reached** | 0.60 |")
                .contains("| " + setup + " | 1,000 | 1,500 | 5.0 | 2.1 | 2.0 | 300 | 2,500 |")
                .contains("| " + setup + " | 3,000 | 1.3 | 0.50 |");
    }
}
