package dev.kafila.faults.proof;

import dev.kafila.charts.Chart;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A run on one page: the verdict, what ran, how to repeat it, and pictures. */
final class Report {
    private static final String FIGURES = "found / the most that is promised";

    private final Evidence evidence;
    private final Verdict verdict;
    private final String command;
    private final Map<String, Chart> pictures;

    private Report(Evidence evidence, Verdict verdict, String command, Map<String, Chart> pictures) {
        this.evidence = evidence;
        this.verdict = verdict;
        this.command = command;
        this.pictures = pictures;
    }

    /**
     * Writes {@code report.md} and the pictures that it shows.
     *
     * @param command   repeats the run, with its seed
     * @param more      pictures beside that of the deliveries, by names of files without their ends
     * @param directory made where it is missing
     */
    static void write(Evidence evidence, Verdict verdict, String command, Map<String, Chart> more, Path directory) {
        Map<String, Chart> pictures = new TreeMap<>(more);
        pictures.put("deliveries", Timeline.deliveries(evidence));
        try {
            Files.createDirectories(directory);
            Report report = new Report(evidence, verdict, command, pictures);
            Files.writeString(directory.resolve("report.md"), report.markdown());
            for (Map.Entry<String, Chart> picture : pictures.entrySet()) {
                Files.writeString(
                        directory.resolve(picture.getKey() + ".svg"),
                        picture.getValue().svg());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The report cannot be written", e);
        }
    }

    private String markdown() {
        return Stream.of(
                        List.of("# Proof: " + (verdict.holds() ? "every promise held" : "a promise was broken"), ""),
                        broken(),
                        figures(),
                        pictures(),
                        List.of(""),
                        ran(),
                        List.of("", "The same again:", "", "```", command, "```", ""),
                        faults())
                .flatMap(List::stream)
                .collect(Collectors.joining("\n", "", "\n"));
    }

    private List<String> broken() {
        List<String> broken = verdict.broken().stream()
                .map(figure -> "- **" + figure.name() + "** of " + owner(figure) + ": " + figure.value() + ", allowed "
                        + figure.allowed() + (figure.detail().isEmpty() ? "" : ": " + figure.detail()))
                .toList();
        return broken.isEmpty()
                ? broken
                : Stream.concat(broken.stream(), Stream.of("")).toList();
    }

    private static String owner(Figure figure) {
        return figure.flow() == null ? "all" : figure.flow().label();
    }

    private List<String> figures() {
        List<Flow> columns = new ArrayList<>(List.of(Flow.values()));
        if (verdict.figures().stream().anyMatch(figure -> figure.flow() == null)) {
            columns.add(null);
        }
        List<String> lines = new ArrayList<>();
        lines.add(row(FIGURES, columns, flow -> flow == null ? "all" : flow.label()));
        lines.add("|---".repeat(columns.size() + 1) + "|");
        for (String name :
                verdict.figures().stream().map(Figure::name).distinct().toList()) {
            lines.add(row(name, columns, flow -> cell(name, flow)));
        }
        return lines;
    }

    private List<String> pictures() {
        Stream<String> shown = pictures.entrySet().stream()
                .map(picture -> "![" + picture.getValue().title() + "](" + picture.getKey() + ".svg)");
        return shown.flatMap(picture -> Stream.of("", picture)).toList();
    }

    private static String row(String first, List<Flow> columns, Function<Flow, String> cell) {
        return columns.stream().map(cell).collect(Collectors.joining(" | ", "| " + first + " | ", " |"));
    }

    private String cell(String name, Flow flow) {
        return verdict.figures().stream()
                .filter(figure -> figure.name().equals(name) && figure.flow() == flow)
                .map(figure -> {
                    String text = count(figure.value()) + " / " + count(figure.allowed());
                    return figure.holds() ? text : "**" + text + "**";
                })
                .collect(Collectors.joining("; "));
    }

    private List<String> ran() {
        Workload workload = evidence.workload();
        Map<Kind, Long> kinds = workload.counts();
        Timeline timeline = Timeline.of(evidence);
        double rate = workload.total() / timeline.length();
        long killed = evidence.ledgers().stream()
                .filter(ledger -> ledger.lines().isEmpty())
                .count();
        return List.of(
                "| what ran | |",
                "|---|---|",
                "| records | " + count(workload.total()) + " in " + workload.partitions()
                        + " partitions, through each of " + Flow.values().length + " flows |",
                "| of these | " + count(kinds.get(Kind.POISON)) + " that no attempt can deliver, "
                        + count(kinds.get(Kind.OVERSIZE)) + " larger than a request |",
                "| lasted | " + count(Math.round(timeline.length()))
                        + " s from the first record until all had settled: " + count(Math.round(rate)) + " records/s |",
                "| requests | " + count(evidence.journal().requests()) + " |",
                "| processes | " + evidence.ledgers().size() + ", " + killed + " of them killed |",
                "| faults | " + evidence.faults().size() + " of "
                        + Timeline.byKind(evidence.faults()).size() + " kinds |",
                "| seed | " + workload.seed() + " |",
                "| on | Java " + Runtime.version() + ", " + Runtime.getRuntime().availableProcessors() + " processors, "
                        + System.getProperty("os.name") + " " + System.getProperty("os.arch") + " |");
    }

    private List<String> faults() {
        Timeline timeline = Timeline.of(evidence);
        Stream<String> rows = Timeline.byKind(evidence.faults()).entrySet().stream()
                .map(kind -> "| " + Timeline.name(kind.getKey()) + " | "
                        + kind.getValue().size() + " | "
                        + kind.getValue().stream().map(timeline::text).collect(Collectors.joining(", ")) + " |");
        return Stream.concat(
                        Stream.of(
                                "| fault | | when, in seconds since the first record, and to which process |",
                                "|---|---|---|"),
                        rows)
                .toList();
    }

    private static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }
}
