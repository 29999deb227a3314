package dev.kafila.faults.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kafila.charts.Chart;
import dev.kafila.charts.Lane;
import dev.kafila.charts.Lane.Span;
import dev.kafila.charts.Series;
import dev.kafila.charts.Series.Point;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TimelineTest {
    /** The clock may be below zero. */
    private static final long BEGAN = -2_000_000_000L;

    private static final RecordId RECORD = new RecordId(0, 0);

    @Test
    void whatAwsTookIsCountedInTheSecondInWhichItArrived() {
        Journal journal = new Journal();
        journal.add(exchange(Flow.LAMBDA, 0.2, Fate.TAKEN, Fate.TAKEN));
        journal.add(exchange(Flow.LAMBDA, 0.9, Fate.TAKEN, Fate.REFUSED));
        journal.add(exchange(Flow.MAPPING, 0.9, Fate.TAKEN));
        journal.add(exchange(Flow.LAMBDA, 2.1, Fate.UNKNOWN));

        Chart chart = Timeline.deliveries(evidence(journal, List.of()));

        assertThat(series(chart, "lambda").points()).containsExactly(new Point(0, 3), new Point(1, 0), new Point(2, 1));
        assertThat(series(chart, "mapping").points()).first().isEqualTo(new Point(0, 1));
        assertThat(series(chart, "eventbridge").points()).allMatch(point -> point.y() == 0);
    }

    @Test
    void eachKindOfFaultHasItsLane() {
        List<Happened> faults = List.of(
                happened(FaultKind.BROKER_AWAY, null, 1, 2.25),
                happened(FaultKind.KILL, "k1", 0.5, 0.5),
                happened(FaultKind.KILL, "k2", 2, 2));

        assertThat(Timeline.deliveries(evidence(new Journal(), faults)).lanes())
                .containsExactly(
                        new Lane("kill", List.of(new Span(0.5, 0.5, "kill 0.5 k1"), new Span(2, 2, "kill 2.0 k2"))),
                        new Lane("broker away", List.of(new Span(1, 2.25, "broker away 1.0-2.3"))));
    }

    private static Series series(Chart chart, String name) {
        return chart.plots().get(0).series().stream()
                .filter(series -> series.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Exchange exchange(Flow flow, double second, Fate... fates) {
        return new Exchange(
                flow,
                "k1",
                at(second),
                at(second),
                List.of(fates).stream()
                        .map(fate -> new Exchange.Sent(RECORD, fate))
                        .toList());
    }

    private static Happened happened(FaultKind kind, String instance, double began, double ended) {
        return new Happened(new Fault(kind, Duration.ZERO, Duration.ZERO), instance, at(began), at(ended));
    }

    private static long at(double seconds) {
        return BEGAN + (long) (seconds * 1e9);
    }

    private static Evidence evidence(Journal journal, List<Happened> faults) {
        return new Evidence(
                new Workload(42, 8, 1, 2, 2),
                BEGAN,
                at(2.5),
                new Limits(Map.of(), Duration.ZERO, Duration.ZERO),
                journal,
                Map.of(),
                List.of(),
                List.of(),
                faults);
    }
}
