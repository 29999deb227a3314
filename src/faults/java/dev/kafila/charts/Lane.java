package dev.kafila.charts;

import java.util.List;

/**
 * A row below the plots, for what happened along the x axis.
 *
 * @param name short: it stands in the margin
 */
public record Lane(String name, List<Span> spans) {

    public Lane {
        spans = List.copyOf(spans);
    }

    /**
     * A bar; a tick where both ends are the same.
     *
     * @param title what a viewer that can point at it shows
     */
    public record Span(double from, double to, String title) {}
}
