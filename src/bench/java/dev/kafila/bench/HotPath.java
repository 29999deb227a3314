package dev.kafila.bench;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.util.Statistics;

/** What a record costs between the poll and the request, by JMH: one thread, and a fresh JVM for each line. */
final class HotPath {
    private static final String ALLOCATED = "gc.alloc.rate.norm";

    private HotPath() {}

    /** Returns its part of the report, in Markdown. */
    static String run(boolean quick) throws RunnerException {
        return table(new Runner(options(quick)).run());
    }

    private static Options options(boolean quick) {
        return new OptionsBuilder()
                .include("dev\\.kafila\\..*Benchmark\\.")
                .mode(Mode.AverageTime)
                .timeUnit(TimeUnit.NANOSECONDS)
                .forks(1)
                .warmupIterations(quick ? 1 : 3)
                .warmupTime(TimeValue.milliseconds(quick ? 500 : 1000))
                .measurementIterations(quick ? 3 : 4)
                .measurementTime(TimeValue.milliseconds(quick ? 200 : 1000))
                .addProfiler(GCProfiler.class)
                .jvmArgs("-Xmx512m", "-XX:+UseSerialGC")
                .build();
    }

    private static String table(Collection<RunResult> results) {
        StringBuilder table = new StringBuilder("""
            ## The hot path

            What a record costs on one core: to build batches of them, to write them in each form, to make entries and requests of them, and to count \
            their bytes for a batch and for an entry.

            | step | value | ns per record | least to most | bytes allocated per record | records/s on a core |
            |---|---|---|---|---|---|
            """);
        results.stream().sorted(Comparator.comparing(HotPath::step)).forEach(result -> table.append(line(result)));
        return table.append('\n').toString();
    }

    private static String line(RunResult result) {
        Statistics nanos = result.getPrimaryResult().getStatistics();
        double allocated = result.getSecondaryResults().get(ALLOCATED).getScore();
        return String.format(
                Locale.ROOT,
                "| %s | %s B | %,.0f | %,.0f to %,.0f | %,.0f | %,.0f |%n",
                step(result),
                result.getParams().getParam("bytes"),
                nanos.getMean(),
                nanos.getMin(),
                nanos.getMax(),
                allocated,
                1e9 / nanos.getMean());
    }

    /** {@code dev.kafila.batch.BatchBenchmark.build} is called {@code batch: build}. */
    private static String step(RunResult result) {
        String[] names = result.getParams().getBenchmark().split("\\.", -1);
        String subject = names[names.length - 2].replace("Benchmark", "").toLowerCase(Locale.ROOT);
        String format = result.getParams().getParam("format");
        return subject + ": " + names[names.length - 1] + (format == null ? "" : " " + format);
    }
}
