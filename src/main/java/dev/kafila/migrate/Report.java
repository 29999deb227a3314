package dev.kafila.migrate;

import java.util.List;
import java.util.stream.Collectors;

/** What an import says of a connector on the terminal. */
final class Report {
    private final StringBuilder text = new StringBuilder();

    private Report() {}

    /** @param files that were written, as they are named on the terminal */
    static String of(Draft draft, String title, String from, List<String> files) {
        Report report = new Report();
        report.text.append(printable(draft.connector().name()) + ": " + title + ", from " + from + "\n");
        report.section("Written", files);
        report.notes("Mapped", draft.mapped);
        report.section(
                "To fill in: it does not start before, and names what is missing",
                draft.open.stream().map(Report::open).toList());
        report.notes("To decide: no counterpart here", draft.lost);
        report.notes("Left out: nothing is lost without it", draft.needless);
        report.notes("What changes", draft.changes);
        report.section("Next", steps(draft));
        return report.text.toString();
    }

    private void notes(String title, List<Draft.Note> notes) {
        int width = notes.stream().mapToInt(note -> note.about().length()).max().orElse(0);
        section(
                title,
                notes.stream()
                        .map(note -> String.format(
                                "%-" + Math.max(1, Math.min(width, 44)) + "s  %s", note.about(), note.text()))
                        .toList());
    }

    private void section(String title, List<String> lines) {
        if (!lines.isEmpty()) {
            text.append("\n").append(title).append("\n");
            lines.forEach(line -> text.append("  ").append(printable(line)).append("\n"));
        }
    }

    private static String open(Draft.Open open) {
        String what = open.key() == null
                ? open.variable() + " in the environment"
                : open.key() + ", or " + open.variable() + " in the environment";
        String was = open.was().given() ? " = " + open.was().shown() : ", which is not there";
        return what + "\n      (" + open.was().name() + was + "): " + open.form();
    }

    private static List<String> steps(Draft draft) {
        String group = draft.source.get("group").text();
        String properties = PropertiesFile.text(draft).isEmpty()
                ? ""
                : "Add " + PropertiesFile.name(draft) + " to application.properties beside routes/.\n  ";
        return (properties
                        + "Set kafila.kafka.brokers to the worker's bootstrap.servers, and kafila.kafka.* to how it logs in.\n"
                        + "  Stop or delete the connector; a paused one keeps its partitions. The group " + group
                        + " must be empty:\n"
                        + "    kafka-consumer-groups.sh --bootstrap-server <brokers> --describe --group " + group + "\n"
                        + "  Start Kafila: it goes on at the offsets of that group. Function and payload first on a copy.")
                .lines()
                .map(line -> line.startsWith("  ") ? line.substring(2) : line)
                .collect(Collectors.toList());
    }

    private static String printable(String line) {
        return line.replaceAll("[\\p{Cntrl}&&[^\\n]]", "?");
    }
}
