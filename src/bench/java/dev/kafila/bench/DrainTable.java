package dev.kafila.bench;

import java.util.List;
import java.util.Locale;

/** Rows as a table of Markdown. */
final class DrainTable {
    private DrainTable() {}

    /** One line for each row. */
    static String of(List<Row> rows) {
        StringBuilder table = new StringBuilder("""
            | drain | records/s | CPU s per million | first delivery, s | peak RSS, MB | SDK alone: records/s | CPU s per million | ratio | consumer alone: records/s | ratio |
            |---|---|---|---|---|---|---|---|---|---|
            """);
        rows.forEach(row -> table.append(line(row)));
        return table.append('\n').toString();
    }

    static String line(Row row) {
        DrainFigures drain = row.drain();
        return String.format(
                Locale.ROOT,
                "| %s | %,.0f | %.1f | %.1f | %.0f | %,.0f | %.1f | %.2f | %,.0f | %.2f |%n",
                drain.setup(),
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
