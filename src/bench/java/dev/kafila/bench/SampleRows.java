package dev.kafila.bench;

import dev.kafila.faults.Usage;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Rows as drains leave them, for tests of what is told of them. */
final class SampleRows {
    private static final long STARTED_MS = 100_000;
    private static final Cost CONSUMER = new Cost(400_000, 1);

    private SampleRows() {}

    /**
     * Of a drain that began to deliver two seconds after its start, delivered 1,000 records a second, 1,500 once it was warm, and
     * took 300 MB.
     *
     * @param sdk records a second that the SDK alone reaches
     */
    static Row of(Setup setup, double sdk) {
        long first = STARTED_MS + 2_000;
        ArrivalStats begun = new ArrivalStats(1, 100, 0, first, 100, 0, 0, first, 0, 0);
        ArrivalStats warm = new ArrivalStats(10, 700, 0, first, 100, 0, 0, first + 1_000, 0, 0);
        ArrivalStats done = new ArrivalStats(20, 2_100, 0, first, 100, first + 1_800, 1_900, first + 2_000, 0, 0);
        DrainFigures figures = new DrainFigures(
                setup,
                STARTED_MS,
                new Look(begun, new Usage(Duration.ofSeconds(3), 0)),
                new Look(warm, new Usage(Duration.ofMillis(3_007), 0)),
                new Look(done, new Usage(Duration.ofMillis(3_010), 300_000_000)),
                done);
        return new Row(figures, new Cost(sdk, 1), CONSUMER);
    }

    /** For everything that a plan names. */
    static Map<Setup, Row> all(Plan plan, double sdk) {
        Stream<Setup> ofFactors = plan.factors().stream().flatMap(factor -> factor.setups().stream());
        return Stream.concat(Stream.of(plan.bases(), plan.variants()).flatMap(List::stream), ofFactors)
                .distinct()
                .collect(Collectors.toMap(Function.identity(), setup -> of(setup, sdk)));
    }
}
