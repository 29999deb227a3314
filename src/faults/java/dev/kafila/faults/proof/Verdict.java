package dev.kafila.faults.proof;

import java.util.List;

/** What the checker found. */
record Verdict(List<Figure> figures) {

    Verdict {
        figures = List.copyOf(figures);
    }

    boolean holds() {
        return broken().isEmpty();
    }

    /** The figures that are worse than promised. */
    List<Figure> broken() {
        return figures.stream().filter(figure -> !figure.holds()).toList();
    }
}
