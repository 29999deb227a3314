package dev.kafila.charts;

import dev.kafila.charts.Lane.Span;
import dev.kafila.charts.Series.Point;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/** The layout of a chart, in pixels. Text is measured by its letters, for want of a font. */
final class Drawing {
    static final double WIDTH = 960;
    static final double RIGHT = 28;
    static final double TOP = 64;

    /** Of a plot that is alone; several share the room of two. */
    static final double HEIGHT = 280;

    private static final double GAP = 36;
    private static final double ROW = 16;
    private static final double LETTER = 6.6;
    private static final int COLOURS = 6;

    /** Up to so many, points are marked. */
    private static final int FEW = 30;

    // Colours by classes, for not every viewer knows CSS's variables. The colour-blind can tell them apart (Okabe and
    // Ito).
    private static final String STYLE = """

            text{font:12px system-ui,'DejaVu Sans',sans-serif;fill:#57606a} .title{font-size:15px;fill:#24292f}
            .ground{fill:#fff} .grid{stroke:#d8dee4} .frame{stroke:#8c959f} .lane{fill:#f3f5f7} .band{fill:#57606a;fill-opacity:.08}
            .mark{fill:#57606a} .line{fill:none;stroke-width:1.6;stroke-linejoin:round}
            .s0{stroke:#0072b2}.s1{stroke:#d55e00}.s2{stroke:#009e73}.s3{stroke:#aa4499}.s4{stroke:#8a6d00}.s5{stroke:#24292f}
            @media (prefers-color-scheme:dark){text{fill:#9198a1} .title{fill:#e6edf3} .ground{fill:#0d1117} .grid{stroke:#2a3038}
            .frame{stroke:#6e7681} .lane{fill:#161b22} .band{fill:#c9d1d9;fill-opacity:.1} .mark{fill:#b1bac4}
            .s0{stroke:#56b4e9}.s1{stroke:#ff8a4c}.s2{stroke:#3fcf9f}.s3{stroke:#e79fc6}.s4{stroke:#e6c34a}.s5{stroke:#e6edf3}}
            """;

    private final Chart chart;
    private final double left;
    private final double height;
    private final Scale x;
    private final Svg svg = new Svg();

    Drawing(Chart chart) {
        this.chart = chart;
        left = chart.lanes().stream()
                .mapToDouble(lane -> width(lane.name()) + 16)
                .reduce(72, Math::max);
        int plots = chart.plots().size();
        height = plots < 2 ? HEIGHT : 2 * HEIGHT / plots;
        x = Scale.of(chart.x(), xs().toArray(), 12);
    }

    private DoubleStream xs() {
        Stream<Point> points =
                chart.plots().stream().flatMap(plot -> plot.series().stream()).flatMap(line -> line.points().stream());
        Stream<Span> spans = chart.lanes().stream().flatMap(lane -> lane.spans().stream());
        return DoubleStream.concat(
                points.mapToDouble(Point::x), spans.flatMapToDouble(span -> DoubleStream.of(span.from(), span.to())));
    }

    String svg() {
        double floor = TOP + chart.plots().size() * (height + GAP) - GAP;
        double bottom = floor + 8 + chart.lanes().size() * ROW;
        double end = bottom + 46;
        svg.open(
                "svg",
                "xmlns",
                "http://www.w3.org/2000/svg",
                "viewBox",
                "0 0 960 " + Svg.number(end),
                "width",
                WIDTH,
                "height",
                end,
                "role",
                "img");
        svg.text("title", chart.title()).text("style", STYLE);
        svg.element("rect", "class", "ground", "width", WIDTH, "height", end);
        svg.text("text", chart.title(), "class", "title", "x", 16, "y", 24);
        double row = floor + 8;
        for (Lane lane : chart.lanes()) {
            lane(lane, row, floor);
            row += ROW;
        }
        xGrid(floor, bottom);
        xLabels(bottom);
        double top = TOP;
        for (Plot plot : chart.plots()) {
            plot(plot, top);
            top += height + GAP;
        }
        return svg.close("svg").toString();
    }

    private void lane(Lane lane, double top, double floor) {
        rectangle("lane", left, top, WIDTH - RIGHT - left, ROW - 2);
        svg.text("text", lane.name(), "x", left - 8, "y", top + 11, "text-anchor", "end");
        for (Span span : lane.spans()) {
            double width = Math.max(2, x(span.to()) - x(span.from()));
            svg.open("g").text("title", span.title());
            rectangle("band", x(span.from()), TOP, width, floor - TOP);
            rectangle("mark", x(span.from()), top + 1, width, ROW - 4);
            svg.close("g");
        }
    }

    private void rectangle(String style, double x, double y, double width, double height) {
        svg.element("rect", "class", style, "x", x, "y", y, "width", width, "height", height);
    }

    private void xGrid(double top, double bottom) {
        for (double tick : x.ticks()) {
            svg.element("line", "class", "grid", "x1", x(tick), "y1", top, "x2", x(tick), "y2", bottom);
        }
    }

    private void xLabels(double bottom) {
        for (double tick : x.ticks()) {
            svg.text("text", Scale.text(tick), "x", x(tick), "y", bottom + 16, "text-anchor", "middle");
        }
        svg.text("text", chart.x().label(), "x", (left + WIDTH - RIGHT) / 2, "y", bottom + 34, "text-anchor", "middle");
    }

    private void plot(Plot plot, double top) {
        double bottom = top + height;
        Scale y = yScale(plot);
        xGrid(top, bottom);
        for (double tick : y.ticks()) {
            double at = bottom - height * y.at(tick);
            svg.element("line", "class", "grid", "x1", left, "y1", at, "x2", WIDTH - RIGHT, "y2", at);
            svg.text("text", Scale.text(tick), "x", left - 8, "y", at + 4, "text-anchor", "end");
        }
        svg.element("line", "class", "frame", "x1", left, "y1", bottom, "x2", WIDTH - RIGHT, "y2", bottom);
        legend(plot, top - 10);
        for (int i = 0; i < plot.series().size(); i++) {
            line(plot.series().get(i), colour(i), y, bottom);
        }
    }

    private Scale yScale(Plot plot) {
        double[] values = plot.series().stream()
                .flatMap(line -> line.points().stream())
                .mapToDouble(Point::y)
                .toArray();
        return Scale.of(plot.y(), values, (int) height / 40).rounded();
    }

    /** The axis and its lines by name, above the plot. */
    private void legend(Plot plot, double baseline) {
        svg.text("text", plot.y().label(), "x", left, "y", baseline);
        double at = left + width(plot.y().label()) + 24;
        for (int i = 0; i < plot.series().size(); i++) {
            String name = plot.series().get(i).name();
            svg.element(
                    "line",
                    "class",
                    "line " + colour(i),
                    "x1",
                    at,
                    "y1",
                    baseline - 4,
                    "x2",
                    at + 18,
                    "y2",
                    baseline - 4);
            svg.text("text", name, "x", at + 24, "y", baseline);
            at += width(name) + 44;
        }
    }

    private void line(Series line, String colour, Scale y, double bottom) {
        List<Point> shown = line.points().stream()
                .filter(point -> x.holds(point.x()) && y.holds(point.y()))
                .map(point -> new Point(x(point.x()), bottom - height * y.at(point.y())))
                .toList();
        String points = shown.stream()
                .map(point -> Svg.number(point.x()) + "," + Svg.number(point.y()))
                .collect(Collectors.joining(" "));
        svg.element("polyline", "class", "line " + colour, "points", points);
        if (shown.size() <= FEW) {
            shown.forEach(point ->
                    svg.element("circle", "class", "line " + colour, "cx", point.x(), "cy", point.y(), "r", 2.5));
        }
    }

    private static String colour(int place) {
        return "s" + place % COLOURS;
    }

    private double x(double value) {
        return left + (WIDTH - RIGHT - left) * x.at(value);
    }

    private static double width(String text) {
        return text.length() * LETTER;
    }
}
