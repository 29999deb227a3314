package dev.kafila.bench;

import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** Rows as a table of Markdown. */
final class DrainTable {
    private DrainTable() {}

    /** One line for each row. */
    static String of(List<Row> rows) {
        StringBuilder table = new StringBuilder("""
            | drain | records/s | warm | CPU s per million | warm | first delivery, s | peak RSS, MB | SDK alone: records/s | CPU s per million | ratio | warm | consumer alone: records/s | ratio |
            |---|---|---|---|---|---|---|---|---|---|---|---|---|
            """);
        rows.forEach(row -> table.append(line(row)));
        return table.append('\n').toString();
    }

    static String line(Row row) {
        DrainFigures drain = row.drain();
        return String.format(
                Locale.ROOT,
                "| %s | %,.0f | %s | %.1f | %s | %.1f | %.0f | %,.0f | %.1f | %.2f | %s | %,.0f | %.2f |%n",
                drain.setup(),
                drain.recordsPerSecond(),
                text("%,.0f", drain.warmRecordsPerSecond()),
                drain.cpuSecondsPerMillion(),
                text("%.1f", drain.warmCpuSecondsPerMillion()),
                drain.secondsToFirstDelivery(),
                drain.peakResidentMegabytes(),
                row.sdk().recordsPerSecond(),
                row.sdk().cpuSecondsPerMillion(),
                row.ofSdk(),
                text("%.2f", row.warmOfSdk()),
                row.consumer().recordsPerSecond(),
                row.ofConsumer());
    }

    /** Of a figure that may be missing. */
    static String text(String format, OptionalDouble figure) {
        return figure.isPresent() ? String.format(Locale.ROOT, format, figure.getAsDouble()) : "-";
    }
}
