package dev.kafila.charts;

import java.util.List;

/**
 * A line, from the first point to the last.
 *
 * @param name for the legend; lines of the same place in their plots have the same colour
 */
public record Series(String name, List<Point> points) {

    public Series {
        points = List.copyOf(points);
    }

    public record Point(double x, double y) {}
}
