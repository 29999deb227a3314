package dev.kafila.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/** Drains whose JVM has compiled most of what it runs, which takes longer than most backlogs, beside an SDK that has called for as long. */
final class Steady {
    /** Its part of a report that has to be quick. */
    static final String LEFT_OUT = """
        ## Once most is compiled

        Not measured: it takes millions of records and a quarter of an hour. Leave `-Dbench.quick=true` out.
        """;

    private static final String WAITING = """
        "The SDK alone" above is its asynchronous client. Kafila has the one that waits for each answer on a thread, alone likewise:

        | drain | the SDK's waiting client alone: records/s | CPU s per million | warm, as a part of it |
        |---|---|---|---|
        """;

    /** Twice as long: at 40 s the compiler still took a fifth of a core. */
    private static final Load BUS = new Load(Flow.BUS, 6_000_000, Duration.ofSeconds(80));

    private static final Load FUNCTION = new Load(Flow.ESM, 14_000_000, Duration.ofSeconds(40));
    private static final Duration LENGTH = Duration.ofSeconds(8);
    private static final long FREE_GIGABYTES = 12;
    private static final long GIGABYTE = 1_000_000_000;

    private final Path directory;
    private final BrokerProcess broker;
    private final EndpointProcess endpoint;
    private final List<String> jvmOptions;

    private Steady(Path directory, BrokerProcess broker, EndpointProcess endpoint, List<String> jvmOptions) {
        this.directory = directory;
        this.broker = broker;
        this.endpoint = endpoint;
        this.jvmOptions = jvmOptions;
    }

    private record Load(Flow flow, long records, Duration warmUp) {
        Backlog backlog() {
            return new Backlog(Plan.PARTITIONS, Plan.BYTES, records);
        }
    }

    /**
     * Returns its part of the report, in Markdown.
     *
     * @param directory  of the report
     * @param jvmOptions of each process of the jar
     */
    static String run(Path directory, List<String> jvmOptions) throws IOException {
        Path work = Files.createDirectories(directory.resolve("steady"));
        long free = Files.getFileStore(work).getUsableSpace() / GIGABYTE;
        if (free < FREE_GIGABYTES) {
            return """
                ## Once most is compiled

                Not measured: its backlogs take %d GB in `target`, and %d GB are free. Make room and run `mvn -Pbench verify -Dbench.only=steady`.
                """.formatted(FREE_GIGABYTES, free);
        }
        try (BrokerProcess broker = BrokerProcess.start(work);
                EndpointProcess endpoint = EndpointProcess.start(work)) {
            Steady steady = new Steady(work, broker, endpoint, jvmOptions);
            Cost consumer = steady.limits(FUNCTION).consumer(FUNCTION.backlog());
            List<Comparison> all = new ArrayList<>(steady.rows(FUNCTION, consumer));
            all.addAll(steady.rows(BUS, consumer));
            return markdown(all, jvmOptions);
        }
    }

    private Limits limits(Load load) {
        return new Limits(directory, broker, endpoint, jvmOptions, load.warmUp(), LENGTH);
    }

    /** @param waiting the SDK's client that Kafila has, alone */
    record Comparison(Row row, Cost waiting) {
        private OptionalDouble warmOfWaiting() {
            OptionalDouble warm = row.drain().warmRecordsPerSecond();
            return warm.isPresent() ? OptionalDouble.of(warm.getAsDouble() / waiting.recordsPerSecond()) : warm;
        }

        private String line() {
            return String.format(
                    Locale.ROOT,
                    "| %s | %,.0f | %.1f | %s |%n",
                    row.drain().setup(),
                    waiting.recordsPerSecond(),
                    waiting.cpuSecondsPerMillion(),
                    DrainTable.text("%.2f", warmOfWaiting()));
        }
    }

    private List<Comparison> rows(Load load, Cost consumer) {
        Drain drain = new Drain(directory, broker, endpoint, jvmOptions, load.warmUp(), LENGTH);
        List<Comparison> rows = new ArrayList<>();
        for (int latencyMs : List.of(0, Plan.LATENCY_MS)) {
            DrainFigures figures = drain.run(Setup.of(load.flow(), load.backlog(), latencyMs));
            long perRequest = figures.recordsOfRequest();
            Row row = new Row(figures, limits(load).sdk(figures.setup(), perRequest), consumer);
            rows.add(new Comparison(row, limits(load).waitingSdk(figures.setup(), perRequest)));
            System.out.print(DrainTable.line(row));
        }
        broker.drop(load.backlog());
        return rows;
    }

    static String markdown(List<Comparison> all, List<String> jvmOptions) {
        List<Row> rows = all.stream().map(Comparison::row).toList();
        return String.format(
                        Locale.ROOT,
                        """
            ## Once most is compiled

            What a process does in its first seconds is mostly its JVM's compiling. These drains have %,d (Lambda) and %,d (EventBridge) records, so that \
            "warm" is from %d s (Lambda) and %d s (EventBridge) after the first delivery, or from 70 %% of the backlog, for %d s; the SDK and the consumer alone have worked for as long. \
            All else is as in `drain`, the buffer and the options of the SDK alone too; one drain a line. The command: `mvn -Pbench verify -Dbench.only=steady "-Dbench.jvm=%s"`.

            """,
                        FUNCTION.records(),
                        BUS.records(),
                        FUNCTION.warmUp().toSeconds(),
                        BUS.warmUp().toSeconds(),
                        LENGTH.toSeconds(),
                        String.join(" ", jvmOptions))
                + Goals.of(rows)
                + DrainTable.of(rows)
                + all.stream().map(Comparison::line).collect(Collectors.joining("", WAITING, "\n"));
    }
}
