package dev.kafila.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Backlogs of a topic, drained by the packaged jar as a process of its own. */
final class Drains {
    private static final Duration LONGEST = Duration.ofSeconds(16);
    private static final Duration LONGEST_QUICK = Duration.ofSeconds(6);
    private static final Duration SDK = Duration.ofSeconds(4);
    private static final Duration SDK_QUICK = Duration.ofSeconds(2);

    private final Plan plan;
    private final BrokerProcess broker;
    private final Drain drain;
    private final Limits limits;
    private final Map<Setup, Row> rows = new LinkedHashMap<>();
    private final List<DrainFigures> checked = new ArrayList<>();

    private Drains(
            Path directory, BrokerProcess broker, EndpointProcess endpoint, List<String> jvmOptions, boolean quick) {
        this.plan = new Plan(quick);
        this.broker = broker;
        Duration warmUp = plan.warmUp();
        this.drain = new Drain(directory, broker, endpoint, jvmOptions, warmUp, quick ? LONGEST_QUICK : LONGEST);
        this.limits = new Limits(directory, broker, endpoint, jvmOptions, warmUp, quick ? SDK_QUICK : SDK);
    }

    /**
     * Returns its part of the report, in Markdown.
     *
     * @param directory  of the report, where pictures go
     * @param jvmOptions of each process of the jar
     * @param quick      a few minutes instead of all
     */
    static String run(Path directory, List<String> jvmOptions, boolean quick) throws IOException {
        Path work = Files.createDirectories(directory.resolve("drain"));
        try (BrokerProcess broker = BrokerProcess.start(work);
                EndpointProcess endpoint = EndpointProcess.start(work)) {
            Drains drains = new Drains(work, broker, endpoint, jvmOptions, quick);
            drains.plan.byBacklog().forEach(drains::measure);
            DrainReport report = new DrainReport(drains.plan, drains.rows, drains.checked);
            report.writePictures(directory);
            return report.markdown(jvmOptions);
        }
    }

    private void measure(Backlog backlog, Set<Setup> setups) {
        Cost consumer = limits.consumer(backlog);
        for (Setup setup : setups) {
            if (setup.check()) {
                checked.add(drain.run(setup));
            } else {
                rows.put(setup, measured(setup, consumer));
                System.out.print(DrainTable.line(rows.get(setup)));
            }
        }
        broker.drop(backlog);
    }

    private Row measured(Setup setup, Cost consumer) {
        List<Row> rounds = new ArrayList<>();
        for (int round = 0; round < plan.rounds(setup); round++) {
            DrainFigures figures = drain.run(setup);
            rounds.add(new Row(figures, limits.sdk(setup, figures.recordsOfRequest()), consumer));
        }
        return Row.median(rounds);
    }
}
