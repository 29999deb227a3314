package dev.kafila.migrate;

import dev.kafila.migrate.Note.Outcome;
import java.util.ArrayList;
import java.util.List;

/** What an import says of a connector on the terminal. */
final class Report {
    private final StringBuilder text = new StringBuilder();

    private Report() {}

    /** @param files that were written, as they are named on the terminal */
    static String of(Draft draft, String title, String from, List<String> files) {
        Report report = new Report();
        report.text.append(printable(draft.connector().name()) + ": " + title + ", from " + from + "\n");
        report.section("Written", files);
        report.notes("Mapped", draft.notes(Outcome.MAPPED));
        report.section(
                "To fill in: it does not start before, and names what is missing",
                draft.open().stream().map(Report::open).toList());
        report.notes("To decide: no counterpart here", draft.notes(Outcome.UNDECIDED));
        report.notes("Left out: nothing is lost without it", draft.notes(Outcome.NEEDLESS));
        report.notes("What changes", draft.notes(Outcome.CHANGED));
        report.section("Next", steps(draft));
        return report.text.toString();
    }

    private void notes(String title, List<Note> notes) {
        int width = notes.stream().mapToInt(note -> note.about().length()).max().orElse(0);
        section(
                title,
                notes.stream()
                        .map(note -> String.format(
                                "%-" + Math.max(1, Math.min(width, 56)) + "s  %s", note.about(), note.text()))
                        .toList());
    }

    private void section(String title, List<String> lines) {
        if (!lines.isEmpty()) {
            text.append("\n").append(title).append("\n");
            lines.forEach(line -> text.append("  ").append(printable(line)).append("\n"));
        }
    }

    private static String open(Unfilled open) {
        String variable = open.variable() + " in the environment";
        String form = open.form().isEmpty() ? "" : "\n      " + open.form();
        return (open.key() == null ? variable : open.key() + ", or " + variable) + "\n      for "
                + open.was().name() + (open.was().given() ? " = " + open.was().shown() : ", which is not there") + form;
    }

    private static List<String> steps(Draft draft) {
        List<String> steps = new ArrayList<>();
        if (!PropertiesFile.text(draft).isEmpty()) {
            steps.add("Add " + PropertiesFile.name(draft) + " to application.properties beside routes/.");
        }
        steps.add("Set kafila.kafka.brokers to the worker's bootstrap.servers, and kafila.kafka.* to how it logs in.");
        if (draft.sinkText("region").contains("kafila.aws.region")) {
            steps.add("Set AWS_REGION or kafila.aws.region, as the connector does not say where the "
                    + draft.target().noun() + " is.");
        }
        String group = draft.source().get("group").text();
        steps.add("Stop or delete the connector; a paused one keeps its partitions. Nobody may be left in its group:");
        steps.add("  kafka-consumer-groups.sh --bootstrap-server <brokers> --describe --group " + group);
        steps.add(
                "Start Kafila: it goes on at the offsets of that group. With another group it reads the same records beside"
                        + " the connector, and " + draft.target().again() + ".");
        return steps;
    }

    private static String printable(String line) {
        return line.replaceAll("[\\p{Cntrl}&&[^\\n]]", "?");
    }
}
