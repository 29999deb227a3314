package dev.kafila.bench;

import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** Rows as a table of Markdown. */
final class DrainTable {
    private DrainTable() {}

    /**
     * One line for each row.
     *
     * @param title head of the first column
     * @param name  what the first column says
     */
    static String of(String title, List<Row> rows, Function<Setup, String> name) {
        StringBuilder table = new StringBuilder("""
            | %s | records/s | CPU s per million | first delivery, s | peak RSS, MB | SDK alone: records/s | CPU s per million | ratio | consumer alone: records/s | ratio |
            |---|---|---|---|---|---|---|---|---|---|
            """.formatted(title));
        rows.forEach(row -> table.append(line(row, name.apply(row.drain().setup()))));
        return table.append('\n').toString();
    }

    static String line(Row row, String name) {
        DrainFigures drain = row.drain();
        return String.format(
                Locale.ROOT,
                "| %s | %,.0f | %.1f | %.1f | %.0f | %,.0f | %.1f | %.2f | %,.0f | %.2f |%n",
                name,
                drain.recordsPerSecond(),
                drain.cpuSecondsPerMillion(),
                drain.secondsToFirstDelivery(),
                drain.peakResidentMegabytes(),
                row.sdk().recordsPerSecond(),
                row.sdk().cpuSecondsPerMillion(),
                row.ofSdk(),
                row.consumer().recordsPerSecond(),
                row.ofConsumer());
    }
}
