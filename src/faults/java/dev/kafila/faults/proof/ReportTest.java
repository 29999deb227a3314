package dev.kafila.faults.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kafila.faults.LedgerLine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {
    private static final String COMMAND = "mvn -Pfaults verify -Dproof.seed=42";
    private static final long BEGAN = -5_000_000_000L;
    private static final Figure NOTHING_LOST = new Figure("lost", Flow.LAMBDA, 0, 0, "");

    @TempDir
    Path directory;

    @Test
    void theVerdictComesFirst() {
        assertThat(report(List.of(), NOTHING_LOST)).startsWith("# Proof: every promise held\n\n| found / ");

        assertThat(report(List.of(), NOTHING_LOST, new Figure("lost", Flow.MAPPING, 3, 0, "first 4:17")))
                .startsWith(
                        "# Proof: a promise was broken\n\n- **lost** of mapping: 3, allowed 0: first 4:17\n\n| found / ");
    }

    @Test
    void aFigureStandsInTheColumnOfItsFlowBesideWhatIsAllowed() {
        String report = report(
                List.of(),
                new Figure("lost", Flow.EVENTBRIDGE, 2, 0, ""),
                new Figure("duplicates", Flow.LAMBDA, 1_200, 4_000, ""),
                new Figure("faults", null, 54, 60, ""));

        assertThat(report)
                .contains(
                        "| found / the most that is promised | lambda | eventbridge | mapping | all |\n|---|---|---|---|---|\n")
                .contains("| lost |  | **2 / 0** |  |  |\n")
                .contains("| duplicates | 1,200 / 4,000 |  |  |  |\n")
                .contains("| faults |  |  |  | 54 / 60 |\n");
    }

    @Test
    void aStrangerCanRepeatIt() {
        assertThat(report(List.of(), NOTHING_LOST))
                .contains("\n```\n" + COMMAND + "\n```\n")
                .contains("| seed | 42 |")
                .contains("| records | 8,000 in 8 partitions, through each of 3 flows |")
                .contains("| lasted | 600 s from the first record until all had settled: 13 records/s |")
                .contains("| processes | 2, 1 of them killed |");
    }

    @Test
    void recordsOfEachKindAreCounted() {
        Workload workload = new Workload(42, 3, 1_000, 10, 30);
        Map<Kind, Long> expected = IntStream.range(0, 3_000)
                .mapToObj(i -> workload.kind(new RecordId(i / 1_000, i % 1_000)))
                .collect(Collectors.groupingBy(kind -> kind, Collectors.counting()));

        assertThat(workload.counts()).containsExactlyInAnyOrderEntriesOf(expected);
        assertThat(new Workload(42, 2, 100, Integer.MAX_VALUE, Integer.MAX_VALUE).counts())
                .containsExactlyInAnyOrderEntriesOf(Map.of(Kind.GOOD, 200L, Kind.POISON, 0L, Kind.OVERSIZE, 0L));
    }

    @Test
    void faultsAreToldByKindAsTheyHappened() {
        String report = report(
                List.of(
                        happened(FaultKind.BROKER_AWAY, null, 60.04, 75.26),
                        happened(FaultKind.KILL, "k1", 12.5, 12.5),
                        happened(FaultKind.KILL, "k2", 300, 300)),
                NOTHING_LOST);

        assertThat(report)
                .contains("| faults | 3 of 2 kinds |")
                .contains("| kill | 2 | 12.5 k1, 300.0 k2 |\n| broker away | 1 | 60.0-75.3 |\n");
    }

    @Test
    void fiftyFaultsFitOnAPage() {
        assertThat(report(faults(54), NOTHING_LOST).lines().count()).isLessThan(80);
    }

    @Test
    void thePictureIsBesideThePage() throws IOException {
        String report = report(List.of(happened(FaultKind.KILL, "k1", 12.5, 12.5)), NOTHING_LOST);

        assertThat(report).contains("\n\n![Records that AWS took, with 1 faults](deliveries.svg)\n\n| what ran");
        assertThat(Files.readString(directory.resolve("deliveries.svg")))
                .startsWith("<svg")
                .contains(">mapping<")
                .contains("<title>kill 12.5 k1</title>");
    }

    private String report(List<Happened> faults, Figure... figures) {
        Report.write(evidence(faults), new Verdict(List.of(figures)), COMMAND, Map.of(), directory);
        try {
            return Files.readString(directory.resolve("report.md"));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static List<Happened> faults(int count) {
        FaultKind[] kinds = FaultKind.values();
        return IntStream.range(0, count)
                .mapToObj(i -> happened(kinds[i % kinds.length], "k" + i, 10 * i, 10 * i + i % 2))
                .toList();
    }

    private static Happened happened(FaultKind kind, String instance, double began, double ended) {
        Fault planned = new Fault(kind, Duration.ofSeconds((long) began), Duration.ofSeconds((long) (ended - began)));
        return new Happened(planned, instance, at(began), at(ended));
    }

    private static long at(double seconds) {
        return BEGAN + (long) (seconds * 1e9);
    }

    private static Evidence evidence(List<Happened> faults) {
        LedgerLine line = new LedgerLine("kafka-to-lambda", "orders-0", 1, 1, 0, 0, 0, 0, 0);
        return new Evidence(
                new Workload(42, 8, 1_000, 1_000, 2_000),
                BEGAN,
                at(600),
                new Limits(Map.of(), Duration.ZERO, Duration.ZERO),
                new Journal(),
                Map.of(),
                List.of(),
                List.of(new Ledger("k1", List.of()), new Ledger("k2", List.of(line))),
                faults);
    }
}
