package dev.kafila.faults.proof;

import dev.kafila.charts.Axis;
import dev.kafila.charts.Chart;
import dev.kafila.charts.Lane;
import dev.kafila.charts.Lane.Span;
import dev.kafila.charts.Plot;
import dev.kafila.charts.Series;
import dev.kafila.charts.Series.Point;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/** When what happened, in seconds since the workload began. */
record Timeline(long began, long ended) {
    private static final double SECOND = 1e9;

    static final Axis AXIS = Axis.linear("seconds since the first record");

    static Timeline of(Evidence evidence) {
        return new Timeline(evidence.began(), evidence.ended());
    }

    double seconds(long nanoTime) {
        return (nanoTime - began) / SECOND;
    }

    double length() {
        return seconds(ended);
    }

    /** What AWS took of each flow, with the faults below. */
    static Chart deliveries(Evidence evidence) {
        Timeline timeline = of(evidence);
        List<Series> flows = new ArrayList<>();
        for (Flow flow : Flow.values()) {
            flows.add(timeline.perSecond(flow, evidence.journal()));
        }
        return new Chart(
                "Records that AWS took, with " + evidence.faults().size() + " faults",
                AXIS,
                List.of(new Plot(Axis.linear("records/s"), flows)),
                timeline.lanes(evidence.faults()));
    }

    private Series perSecond(Flow flow, Journal journal) {
        long[] taken = journal.takenPerSecond(flow, began, ended);
        return new Series(
                flow.label(),
                IntStream.range(0, taken.length)
                        .mapToObj(second -> new Point(second, taken[second]))
                        .toList());
    }

    /** A row for each kind of fault that happened. */
    List<Lane> lanes(List<Happened> faults) {
        return byKind(faults).entrySet().stream()
                .map(kind -> new Lane(
                        name(kind.getKey()),
                        kind.getValue().stream().map(this::span).toList()))
                .toList();
    }

    private Span span(Happened fault) {
        return new Span(
                seconds(fault.began()),
                seconds(fault.ended()),
                name(fault.fault().kind()) + " " + text(fault));
    }

    static Map<FaultKind, List<Happened>> byKind(List<Happened> faults) {
        Map<FaultKind, List<Happened>> kinds = new EnumMap<>(FaultKind.class);
        for (Happened fault : faults) {
            kinds.computeIfAbsent(fault.fault().kind(), kind -> new ArrayList<>())
                    .add(fault);
        }
        return kinds;
    }

    static String name(FaultKind kind) {
        return kind.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** Such as {@code 12.3} of a moment, and {@code 12.3-15.0 k2} of what was done to a process for a while. */
    String text(Happened fault) {
        String began = tenths(fault.began());
        String ended = tenths(fault.ended());
        return (began.equals(ended) ? began : began + "-" + ended)
                + (fault.instance() == null ? "" : " " + fault.instance());
    }

    private String tenths(long nanoTime) {
        return String.format(Locale.ROOT, "%.1f", seconds(nanoTime));
    }
}
