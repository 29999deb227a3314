package dev.kafila.bench;

import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.DoublePredicate;
import java.util.function.ToDoubleFunction;

/** What the project wants of its drains, beside what they showed. Nothing fails by it: machines differ. */
final class Goals {
    private static final double LAMBDA_RATIO = 0.5;
    private static final double LAMBDA_CPU = 9;
    private static final double BUS_RATIO = 0.7;
    private static final double BUS_RATIO_WAITING = 0.8;
    private static final double BUS_CPU = 29;
    private static final double MEGABYTES = 400;
    private static final double SECONDS_TO_FIRST = 2.5;

    private static final String LINE = "| %s | %s | %s | %s |%n";

    private final StringBuilder table =
            new StringBuilder("| | wanted | from the first delivery | warm |\n|---|---|---|---|\n");

    private Goals() {}

    /** A table of Markdown. */
    static String of(List<Row> bases) {
        Goals goals = new Goals();
        bases.forEach(goals::addBase);
        goals.atMost(
                "Peak RSS, MB, the highest of these",
                MEGABYTES,
                most(bases, DrainFigures::peakResidentMegabytes),
                OptionalDouble.empty());
        goals.atMost(
                "First delivery after the start of the process, s, the latest of these",
                SECONDS_TO_FIRST,
                most(bases, DrainFigures::secondsToFirstDelivery),
                OptionalDouble.empty());
        return goals.table.append('\n').toString();
    }

    private void addBase(Row row) {
        DrainFigures drain = row.drain();
        boolean lambda = drain.setup().flow().lambda();
        double busRatio = drain.setup().latencyMs() == 0 ? BUS_RATIO : BUS_RATIO_WAITING;
        String name = drain.setup().flow().title() + ", " + drain.setup().latencyMs() + " ms: ";
        atLeast(name + "part of the SDK's records/s", lambda ? LAMBDA_RATIO : busRatio, row.ofSdk(), row.warmOfSdk());
        atMost(
                name + "CPU s per million",
                lambda ? LAMBDA_CPU : BUS_CPU,
                drain.cpuSecondsPerMillion(),
                drain.warmCpuSecondsPerMillion());
    }

    private static double most(List<Row> rows, ToDoubleFunction<DrainFigures> figure) {
        return rows.stream().map(Row::drain).mapToDouble(figure).max().orElse(0);
    }

    private void atLeast(String what, double wanted, double measured, OptionalDouble warm) {
        add(what, "at least " + wanted, figure -> figure >= wanted, measured, warm);
    }

    private void atMost(String what, double wanted, double measured, OptionalDouble warm) {
        add(what, "at most " + wanted, figure -> figure <= wanted, measured, warm);
    }

    private void add(String what, String wanted, DoublePredicate reached, double measured, OptionalDouble warm) {
        table.append(LINE.formatted(
                what, wanted, told(reached, measured), warm.isPresent() ? told(reached, warm.getAsDouble()) : ""));
    }

    private static String told(DoublePredicate reached, double figure) {
        return String.format(Locale.ROOT, reached.test(figure) ? "%.2f" : "%.2f, **not reached**", figure);
    }
}
