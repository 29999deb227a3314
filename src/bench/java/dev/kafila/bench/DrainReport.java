package dev.kafila.bench;

import dev.kafila.bench.Plan.Factor;
import dev.kafila.charts.Axis;
import dev.kafila.charts.Chart;
import dev.kafila.charts.Plot;
import dev.kafila.charts.Series;
import dev.kafila.charts.Series.Point;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** What the drains told, as tables of Markdown and pictures. */
final class DrainReport {
    private final Plan plan;
    private final Map<Setup, Row> rows;
    private final List<DrainFigures> checked;

    /**
     * Of all that the plan names.
     *
     * @param checked drains of which every record was looked at
     */
    DrainReport(Plan plan, Map<Setup, Row> rows, List<DrainFigures> checked) {
        this.plan = plan;
        this.rows = Map.copyOf(rows);
        this.checked = List.copyOf(checked);
    }

    String markdown(List<String> jvmOptions) {
        StringBuilder text = new StringBuilder("## Draining a backlog\n\n").append(introduction(jvmOptions));
        text.append(Goals.of(rowsOf(plan.bases())));
        text.append("### Where promises are made, and other forms\n\n");
        text.append(DrainTable.of(rowsOf(plan.bases())));
        text.append(DrainTable.of(rowsOf(plan.variants())));
        text.append("### Each record\n\n");
        checked.forEach(drain -> text.append(line(drain)));
        for (Factor factor : plan.factors()) {
            text.append("\n### How the cost grows: ").append(factor.title()).append("\n\n");
            text.append("![](").append(picture(factor)).append(")\n\n");
            text.append(DrainTable.of(rowsOf(factor.setups())));
        }
        return text.toString();
    }

    private String introduction(List<String> jvmOptions) {
        return """
            `java -XX:SharedArchiveFile=... %s %s -jar target/kafila.jar` with `buffer-bytes=24 MiB` (`-Xmx512m` and 64 MiB from 10 KiB on) as a process, beside a broker and an endpoint as processes of their own: %d bytes, %d partitions, batches of %d \
            records unless a line says otherwise; requests of ten events to EventBridge. Records/s from the first delivery to 90 %% of the backlog, \
            or for some seconds if that takes longer; CPU time of the process likewise, with all that the JVM compiles on the way. "Warm" is the same from %d s \
            after the first delivery, or from 70 %% of the backlog if that is sooner. Right after each drain: the AWS SDK alone, with the same options but 1 GB of heap, after as long to warm up, with as many requests at once, of as many records \
            of that size, at the same endpoint. Once for each topic: a consumer alone, after as long, when it is not warm yet. Lines of the first table are medians of %d. The command: `mvn -Pbench verify -Dbench.only=drain%s "-Dbench.jvm=%s"`.

            """.formatted(
                        String.join(" ", plan.bases().get(0).heap()),
                        String.join(" ", jvmOptions),
                        Plan.BYTES,
                        Plan.PARTITIONS,
                        Setup.BATCH_SIZE,
                        plan.warmUp().toSeconds(),
                        plan.rounds(plan.bases().get(0)),
                        plan.quick() ? " -Dbench.quick=true" : "",
                        String.join(" ", jvmOptions));
    }

    private List<Row> rowsOf(List<Setup> setups) {
        return setups.stream().map(rows::get).toList();
    }

    private static String line(DrainFigures drain) {
        return "- %s: %d different records, %d missing, %d more than once%n"
                .formatted(
                        drain.setup(),
                        drain.arrivals().unique(),
                        drain.missing(),
                        drain.arrivals().duplicates());
    }

    private static String picture(Factor factor) {
        return "drain-" + factor.file() + ".svg";
    }

    /** A picture for each factor. */
    void writePictures(Path directory) throws IOException {
        for (Factor factor : plan.factors()) {
            Chart chart = new Chart(
                    "How the cost grows: " + factor.title(),
                    Axis.logarithmic(factor.title()),
                    new Plot(Axis.logarithmic("records/s"), series(factor, row -> row.drain()
                            .recordsPerSecond())),
                    new Plot(Axis.logarithmic("CPU s per million"), series(factor, row -> row.drain()
                            .cpuSecondsPerMillion())));
            Files.writeString(directory.resolve(picture(factor)), chart.svg());
        }
    }

    private List<Series> series(Factor factor, ToDoubleFunction<Row> figure) {
        Map<String, List<Point>> lines = new LinkedHashMap<>();
        for (Row row : rowsOf(factor.setups())) {
            Setup setup = row.drain().setup();
            String name = setup.flow().title() + ", " + setup.latencyMs() + " ms";
            lines.computeIfAbsent(name, line -> new ArrayList<>())
                    .add(new Point(factor.value().applyAsInt(setup), figure.applyAsDouble(row)));
        }
        return lines.entrySet().stream()
                .map(line -> new Series(line.getKey(), line.getValue()))
                .toList();
    }
}
