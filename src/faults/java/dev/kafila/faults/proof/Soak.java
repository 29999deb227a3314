package dev.kafila.faults.proof;

import dev.kafila.charts.Axis;
import dev.kafila.charts.Chart;
import dev.kafila.charts.Plot;
import dev.kafila.charts.Series;
import dev.kafila.charts.Series.Point;
import java.util.List;
import java.util.stream.Stream;

/**
 * Whether a process that works steadily holds ever more: the middle of the last quarter of a run beside that of the second one. The
 * first quarter is left out, for classes are loaded and code is compiled in it; of a quarter the middle counts, for a fault lets
 * batches and connections pile up for a while.
 *
 * @param began by {@link System#nanoTime()}
 * @param ended by the same clock
 */
record Soak(long began, long ended, List<Vitals> samples) {
    private static final int FEWEST = 3;

    Soak {
        samples = List.copyOf(samples);
    }

    /** What is held, in what unit, and how much more of it is no growth. */
    private enum Held {
        // Between the middles lies half of the run: in 20 minutes at 700 records/s, four bytes left of each record in
        // each flow would show.
        HEAP("live heap", "KiB", 1 << 10, 4 << 10),
        // Pools grow and shrink with what they have to do. One left at each fault would show: twenty lie between.
        THREADS("threads", "", 1, 16),
        DESCRIPTORS("open files and sockets", "", 1, 16),
        // The JVM goes on compiling, threads use more of their stacks, and the C library gives little back.
        RESIDENT("resident memory", "KiB", 1 << 10, 32 << 10);

        private final String name;
        private final String unit;
        private final long size;
        private final long step;

        Held(String name, String unit, long size, long step) {
            this.name = name;
            this.unit = unit;
            this.size = size;
            this.step = step;
        }

        long of(Vitals sample) {
            return switch (this) {
                case HEAP -> sample.heap();
                case THREADS -> sample.threads();
                case DESCRIPTORS -> sample.descriptors();
                case RESIDENT -> sample.resident();
            };
        }
    }

    /** What was held in the last quarter; allowed is what was held in the second one, and a step. */
    List<Figure> figures() {
        return Stream.of(Held.values()).map(this::figure).toList();
    }

    private Figure figure(Held held) {
        long before = median(held, 1);
        String name = held.unit.isEmpty() ? held.name : held.name + ", " + held.unit;
        return new Figure(
                name, null, median(held, 3), before + held.step, "it was " + before + " in the second quarter");
    }

    private long median(Held held, int quarter) {
        long length = (ended - began) / 4;
        long from = began + quarter * length;
        long[] values = samples.stream()
                .filter(sample -> sample.at() - from >= 0 && sample.at() - from < length)
                .mapToLong(held::of)
                .sorted()
                .toArray();
        if (values.length < FEWEST) {
            throw new IllegalStateException("Looked at " + values.length + " times in quarter " + (quarter + 1));
        }
        return values[values.length / 2] / held.size;
    }

    /** What was held over time, with the faults below. */
    Chart chart(List<Happened> faults) {
        return new Chart(
                "What a process holds, with " + faults.size() + " faults",
                Timeline.AXIS,
                List.of(
                        new Plot(Axis.linear("MiB"), series(Held.HEAP, 1 << 10), series(Held.RESIDENT, 1 << 10)),
                        new Plot(Axis.linear("count"), series(Held.THREADS, 1), series(Held.DESCRIPTORS, 1))),
                new Timeline(began, ended).lanes(faults));
    }

    private Series series(Held held, int units) {
        Timeline timeline = new Timeline(began, ended);
        return new Series(
                held.name,
                samples.stream()
                        .map(sample ->
                                new Point(timeline.seconds(sample.at()), (double) held.of(sample) / held.size / units))
                        .toList());
    }
}
