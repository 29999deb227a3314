package dev.kafila.bench;

import java.util.List;
import java.util.Locale;

/**
 * A line of the table of latencies.
 *
 * @param kafila with Kafila between producer and AWS
 * @param loop   with {@link BareLoop} there
 */
record DelayRow(String target, Delays.Figures kafila, Delays.Figures loop) {

    /** A table of Markdown. */
    static String table(List<DelayRow> rows) {
        StringBuilder table = new StringBuilder("| to | | p50 ms | p99 ms | max ms |\n|---|---|---|---|---|\n");
        rows.forEach(row -> table.append(row.lines()));
        return table.append('\n').toString();
    }

    private String lines() {
        return line("Kafila", kafila) + line("bare loop", loop) + line("**added by Kafila**", kafila.minus(loop));
    }

    private String line(String who, Delays.Figures figures) {
        return String.format(
                Locale.ROOT,
                "| %s | %s | %.1f | %.1f | %.1f |%n",
                target,
                who,
                figures.medianMillis(),
                figures.highMillis(),
                figures.maxMillis());
    }
}
