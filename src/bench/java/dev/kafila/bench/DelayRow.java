package dev.kafila.bench;

import java.util.List;
import java.util.Locale;

/**
 * A line of the table of latencies.
 *
 * @param kafila with Kafila between producer and AWS
 * @param loop   with {@link BareLoop} there
 */
record DelayRow(String target, Delays kafila, Delays loop) {
    private static final double MEDIAN = 50;
    private static final double HIGH = 99;

    /** A table of Markdown. */
    static String table(List<DelayRow> rows) {
        StringBuilder table = new StringBuilder("| to | | p50 ms | p99 ms | max ms |\n|---|---|---|---|---|\n");
        rows.forEach(row -> table.append(row.lines()));
        return table.append('\n').toString();
    }

    private String lines() {
        return line("Kafila", kafila.percentileMillis(MEDIAN), kafila.percentileMillis(HIGH), kafila.maxMillis())
                + line("bare loop", loop.percentileMillis(MEDIAN), loop.percentileMillis(HIGH), loop.maxMillis())
                + line(
                        "**added by Kafila**",
                        kafila.percentileMillis(MEDIAN) - loop.percentileMillis(MEDIAN),
                        kafila.percentileMillis(HIGH) - loop.percentileMillis(HIGH),
                        kafila.maxMillis() - loop.maxMillis());
    }

    private String line(String who, double median, double high, double max) {
        return String.format(Locale.ROOT, "| %s | %s | %.1f | %.1f | %.1f |%n", target, who, median, high, max);
    }
}
