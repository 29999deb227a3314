package dev.kafila.charts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kafila.charts.Lane.Span;
import dev.kafila.charts.Series.Point;
import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

class ChartTest {
    private static final Axis SECONDS = Axis.linear("seconds");
    private static final Axis RATE = Axis.linear("records/s");

    @Test
    void aValueLandsWhereItsTicksSay() {
        Document picture =
                parse(new Chart("", SECONDS, plot(new Point(0, 0), new Point(50, 400), new Point(100, 1_000))));

        double[] middle = positions(element(picture, "polyline", 0).getAttribute("points"))[1];
        assertThat(middle[0]).isCloseTo(number(text(picture, "50"), "x"), within(0.2));
        // The baseline of a label is a little below its tick.
        assertThat(middle[1]).isCloseTo(number(text(picture, "400"), "y") - 4, within(0.2));
        assertThat(middle[1]).isGreaterThan(number(text(picture, "1,000"), "y") + 100);
    }

    @Test
    void factorsAreEquallyFarApartOnALogarithmicAxis() {
        Document picture = parse(new Chart(
                "", Axis.logarithmic("bytes"), plot(new Point(100, 1), new Point(1_000, 1), new Point(10_000, 1))));

        double[][] points = positions(element(picture, "polyline", 0).getAttribute("points"));
        assertThat(points[1][0] - points[0][0]).isCloseTo(points[2][0] - points[1][0], within(0.2));
        assertThat(points[2][0] - points[0][0]).isGreaterThan(500);
    }

    @Test
    void whatIsNotPositiveHasNoPlaceOnALogarithmicAxis() {
        Document picture = parse(new Chart("", Axis.logarithmic("bytes"), plot(new Point(0, 1), new Point(10, 1))));

        assertThat(positions(element(picture, "polyline", 0).getAttribute("points")))
                .hasDimensions(1, 2);
    }

    @Test
    void seriesOfNoPointAndOfOneAreDrawn() {
        for (Axis axis : List.of(Axis.linear("x"), Axis.logarithmic("x"))) {
            for (List<Point> points : List.of(List.<Point>of(), List.of(new Point(0, 0)), List.of(new Point(7, 7)))) {
                String svg = new Chart("", axis, new Plot(axis, new Series("a", points))).svg();

                assertThat(svg).doesNotContain("NaN").doesNotContain("Infinity");
                assertThat(text(parse(svg), "a")).isNotNull();
            }
        }
        assertThat(parse(new Chart("nothing", SECONDS)).getDocumentElement().getTagName())
                .isEqualTo("svg");
    }

    @Test
    void aPointThatIsAloneIsMarked() {
        Document picture = parse(new Chart("", SECONDS, plot(new Point(7, 7))));

        assertThat(picture.getElementsByTagName("circle").getLength()).isEqualTo(1);
    }

    @Test
    void textIsEscaped() {
        String nasty = "a<b & \"c\">";
        Document picture = parse(new Chart(
                nasty,
                Axis.linear(nasty),
                List.of(new Plot(RATE, new Series(nasty, List.of()))),
                List.of(new Lane(nasty, List.of(new Span(1, 2, nasty))))));

        // Heading, axis, legend and lane; the names of the picture and of the span.
        assertThat(elements(picture, "text")
                        .filter(text -> text.getTextContent().equals(nasty)))
                .hasSize(4);
        assertThat(elements(picture, "title")
                        .filter(text -> text.getTextContent().equals(nasty)))
                .hasSize(2);
    }

    @Test
    void whatLastedIsABarOfItsLengthAndWhatIsAMomentIsATick() {
        Document picture = parse(new Chart(
                "",
                SECONDS,
                List.of(plot(new Point(100, 1))),
                List.of(
                        new Lane("away", List.of(new Span(20, 40, ""))),
                        new Lane("kill", List.of(new Span(60, 60, ""))))));

        List<Element> marks = elements(picture, "rect")
                .filter(element -> element.getAttribute("class").equals("mark"))
                .toList();
        assertThat(number(marks.get(0), "x")).isCloseTo(number(text(picture, "20"), "x"), within(0.2));
        assertThat(number(marks.get(0), "width"))
                .isCloseTo(number(text(picture, "40"), "x") - number(text(picture, "20"), "x"), within(0.2));
        assertThat(number(marks.get(1), "width")).isEqualTo(2);
        assertThat(number(marks.get(1), "y")).isGreaterThan(number(marks.get(0), "y") + 10);
    }

    @Test
    void lanesOfFiftyFaultsDoNotTouchTheirNames() {
        List<Span> fifty =
                IntStream.range(0, 50).mapToObj(i -> new Span(i, i + 1, "")).toList();
        String name = "dead letters unwritable";
        Document picture = parse(new Chart("", SECONDS, List.of(), List.of(new Lane(name, fifty))));

        assertThat(number(text(picture, name), "x")).isGreaterThan(name.length() * 6.0);
        assertThat(elements(picture, "rect")
                        .filter(element -> element.getAttribute("class").equals("mark")))
                .hasSize(50)
                .allMatch(mark -> number(mark, "x") > number(text(picture, name), "x"));
    }

    private static Plot plot(Point... points) {
        return new Plot(RATE, new Series("lambda", List.of(points)));
    }

    private static Document parse(Chart chart) {
        return parse(chart.svg());
    }

    private static Document parse(String svg) {
        try {
            return DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(new InputSource(new StringReader(svg)));
        } catch (ParserConfigurationException | SAXException | IOException e) {
            throw new AssertionError("Not XML: " + svg, e);
        }
    }

    private static Stream<Element> elements(Document picture, String name) {
        var found = picture.getElementsByTagName(name);
        return IntStream.range(0, found.getLength()).mapToObj(i -> (Element) found.item(i));
    }

    private static Element element(Document picture, String name, int index) {
        return elements(picture, name).skip(index).findFirst().orElseThrow();
    }

    private static Element text(Document picture, String content) {
        return elements(picture, "text")
                .filter(text -> text.getTextContent().equals(content))
                .findFirst()
                .orElseThrow();
    }

    private static double number(Element element, String attribute) {
        return Double.parseDouble(element.getAttribute(attribute));
    }

    private static double[][] positions(String points) {
        return Stream.of(points.split(" "))
                .map(point -> Stream.of(point.split(","))
                        .mapToDouble(Double::parseDouble)
                        .toArray())
                .toArray(double[][]::new);
    }
}
