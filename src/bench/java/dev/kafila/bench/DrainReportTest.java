package dev.kafila.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DrainReportTest {
    private final Plan plan = new Plan(false);

    @TempDir
    Path directory;

    @Test
    void whatIsWantedStandsBesideWhatWasMeasured() {
        assertThat(report(2_000).markdown(List.of("-Xmx1g")))
                .contains("`mvn -Pbench verify -Dbench.only=drain \"-Dbench.jvm=-Xmx1g\"`")
                .contains("| Lambda, esm, 0 ms: part of the SDK's records/s | at least 0.5 | 0.50 | 0.75 |")
                .contains(
                        "| EventBridge, 20 ms: part of the SDK's records/s | at least 0.8 | 0.50, **not reached** | 0.75,"
                                + " **not reached** |")
                .contains("| Lambda, esm, 0 ms: CPU s per million | at most 9.0 | 5.00 | 2.14 |")
                .contains("| Peak RSS, MB, the highest of these | at most 400.0 | 300.00 |  |")
                .contains("| First delivery after the start of the process, s, the latest of these | at most 2.5 |"
                        + " 2.00 |  |");
    }

    @Test
    void everyDrainHasALine() {
        String markdown = report(2_000).markdown(List.of());

        plan.factors().forEach(factor -> factor.setups().forEach(setup -> assertThat(markdown)
                .contains("| " + setup + " | 1,000 | 1,500 | 5.0 | 2.1 | 2.0 | 300 | 2,000 |")));
    }

    @Test
    void recordsThatDidNotArriveAreTold() {
        Setup setup = plan.checks().get(0);
        DrainReport report = new DrainReport(
                plan,
                SampleRows.all(plan, 2_000),
                List.of(SampleRows.of(setup, 1).drain()));

        assertThat(report.markdown(List.of())).contains("0 different records, 800000 missing, 0 more than once");
    }

    @Test
    void everyFactorHasAPictureThatTheTextShows() throws IOException {
        DrainReport report = report(2_000);
        report.writePictures(directory);

        for (String picture : List.of("drain-partitions.svg", "drain-bytes.svg", "drain-in-flight.svg")) {
            assertThat(report.markdown(List.of())).contains("(" + picture + ")");
            assertThat(Files.readString(directory.resolve(picture))).contains("EventBridge, 20 ms");
        }
    }

    private DrainReport report(double sdk) {
        return new DrainReport(plan, SampleRows.all(plan, sdk), List.of());
    }
}
