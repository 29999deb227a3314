package dev.kafila.charts;

import java.util.List;

/**
 * A picture of plots above each other and lanes below them, all along one x axis.
 *
 * @param x plots that it has no values for are empty
 */
public record Chart(String title, Axis x, List<Plot> plots, List<Lane> lanes) {

    public Chart {
        plots = List.copyOf(plots);
        lanes = List.copyOf(lanes);
    }

    public Chart(String title, Axis x, Plot... plots) {
        this(title, x, List.of(plots), List.of());
    }

    /** The picture as an SVG document, which adapts to light and dark viewers. */
    public String svg() {
        return new Drawing(this).svg();
    }
}
