package dev.kafila.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Drains whose JVM has compiled what it runs, which takes longer than most backlogs, beside an SDK that has called for as long. */
final class Steady {
    private static final Duration WARM_UP = Duration.ofSeconds(40);
    private static final Duration LENGTH = Duration.ofSeconds(8);
    private static final long FUNCTION_RECORDS = 14_000_000;
    private static final long BUS_RECORDS = 2_500_000;
    private static final long FREE_GIGABYTES = 12;
    private static final long GIGABYTE = 1_000_000_000;

    private final BrokerProcess broker;
    private final Drain drain;
    private final Limits limits;
    private final List<Row> rows = new ArrayList<>();

    private Steady(Path directory, BrokerProcess broker, EndpointProcess endpoint, List<String> jvmOptions) {
        this.broker = broker;
        drain = new Drain(directory, broker, endpoint, jvmOptions, WARM_UP, LENGTH);
        limits = new Limits(directory, broker, endpoint, WARM_UP, LENGTH);
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
            return "## Once everything is compiled%n%nNot measured: its backlogs take %d GB in `target`, and %d GB are free. Make room and run `mvn -Pbench verify -Dbench.only=steady`.%n"
                    .formatted(FREE_GIGABYTES, free);
        }
        try (BrokerProcess broker = BrokerProcess.start(work);
                EndpointProcess endpoint = EndpointProcess.start(work)) {
            Steady steady = new Steady(work, broker, endpoint, jvmOptions);
            steady.measure(Flow.ESM, FUNCTION_RECORDS);
            steady.measure(Flow.BUS, BUS_RECORDS);
            return markdown(steady.rows, jvmOptions);
        }
    }

    private void measure(Flow flow, long records) {
        Backlog backlog = new Backlog(Plan.PARTITIONS, Plan.BYTES, records);
        Cost consumer = limits.consumer(backlog);
        for (int latencyMs : List.of(0, Plan.LATENCY_MS)) {
            DrainFigures figures = drain.run(Setup.of(flow, backlog, latencyMs));
            Row row = new Row(figures, limits.sdk(figures.setup(), figures.recordsOfRequest()), consumer);
            rows.add(row);
            System.out.print(DrainTable.line(row));
        }
        broker.drop(backlog);
    }

    static String markdown(List<Row> rows, List<String> jvmOptions) {
        return """
            ## Once everything is compiled

            What a process does in its first seconds is mostly its JVM's compiling. These drains have %,d (Lambda) and %,d (EventBridge) records, so that \
            "warm" is from %d s after the first delivery (or from 70 %% of the backlog), for %d s; the SDK and the consumer alone have worked for as long. All else is as above; \
            one drain a line. The command: `mvn -Pbench verify -Dbench.only=steady "-Dbench.jvm=%s"`.

            """.formatted(
                                FUNCTION_RECORDS,
                                BUS_RECORDS,
                                WARM_UP.toSeconds(),
                                LENGTH.toSeconds(),
                                String.join(" ", jvmOptions))
                + Goals.of(rows)
                + DrainTable.of(rows);
    }
}
