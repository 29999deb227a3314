package dev.kafila.charts;

import java.util.List;

/** Lines that share an axis. */
public record Plot(Axis y, List<Series> series) {

    public Plot {
        series = List.copyOf(series);
    }

    public Plot(Axis y, Series... series) {
        this(y, List.of(series));
    }
}
