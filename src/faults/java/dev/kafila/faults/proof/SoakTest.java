package dev.kafila.faults.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kafila.charts.Chart;
import dev.kafila.charts.Series.Point;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SoakTest {
    /** The clock may be below zero, and pass it. */
    private static final long BEGAN = -50;

    private static final long MEBIBYTE = 1 << 20;

    @Test
    void whatStaysIsFlat() {
        assertThat(figures(i -> new Vitals(BEGAN + i, 30 * MEBIBYTE, 60, 100, 200 * MEBIBYTE)))
                .allMatch(Figure::holds)
                .extracting(Figure::value)
                .containsExactly(30L << 10, 60L, 100L, 200L << 10);
    }

    @Test
    void whatGrowsIsNot() {
        assertThat(broken(i -> new Vitals(BEGAN + i, 30 * MEBIBYTE + i * MEBIBYTE / 10, 60, 100, 0)))
                .containsExactly("live heap, KiB");
        assertThat(broken(i -> new Vitals(BEGAN + i, 0, 60 + i / 2, 100, 0))).containsExactly("threads");
        assertThat(broken(i -> new Vitals(BEGAN + i, 0, 60, 100 + i / 2, 0))).containsExactly("open files and sockets");
        assertThat(broken(i -> new Vitals(BEGAN + i, 0, 60, 100, (200 + i) * MEBIBYTE)))
                .containsExactly("resident memory, KiB");
    }

    @Test
    void aFigureTellsWhatItIsComparedWith() {
        Figure threads =
                figures(i -> new Vitals(BEGAN + i, 0, i < 50 ? 60 : 61, 0, 0)).get(1);

        assertThat(threads).isEqualTo(new Figure("threads", null, 61, 76, "it was 60 in the second quarter"));
    }

    @Test
    void theStartDoesNotCount() {
        assertThat(broken(i -> i < 25 ? low(i) : high(i))).isEmpty();
    }

    @Test
    void aFaultThatLetsThingsPileUpForAWhileIsNoGrowth() {
        assertThat(broken(i -> i >= 80 && i < 90 ? high(i) : low(i))).isEmpty();
    }

    @Test
    void aProcessThatWasHardlyLookedAtIsNotFlat() {
        List<Vitals> two = IntStream.of(30, 31, 80, 81).mapToObj(SoakTest::low).toList();
        Soak unseen = new Soak(BEGAN, BEGAN + 100, two);

        assertThatThrownBy(unseen::figures)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("Looked at 2 times in quarter 2");
    }

    @Test
    void thePictureShowsEverySample() {
        Vitals one = new Vitals(BEGAN + 2_000_000_000L, 30 * MEBIBYTE, 60, 100, 200 * MEBIBYTE);
        Chart chart = new Soak(BEGAN, BEGAN + 4_000_000_000L, List.of(one)).chart(List.of());

        assertThat(chart.plots().stream()
                        .flatMap(plot -> plot.series().stream())
                        .flatMap(series -> series.points().stream()))
                .containsExactly(new Point(2, 30), new Point(2, 200), new Point(2, 60), new Point(2, 100));
    }

    private static Vitals low(int i) {
        return new Vitals(BEGAN + i, 0, 10, 10, 0);
    }

    private static Vitals high(int i) {
        return new Vitals(BEGAN + i, 100 * MEBIBYTE, 100, 100, 100 * MEBIBYTE);
    }

    private static List<String> broken(IntFunction<Vitals> sample) {
        return figures(sample).stream()
                .filter(figure -> !figure.holds())
                .map(Figure::name)
                .toList();
    }

    private static List<Figure> figures(IntFunction<Vitals> sample) {
        return new Soak(
                        BEGAN,
                        BEGAN + 100,
                        IntStream.range(0, 100).mapToObj(sample).toList())
                .figures();
    }
}
