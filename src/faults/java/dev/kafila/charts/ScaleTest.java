package dev.kafila.charts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;

class ScaleTest {
    private static final Axis LINEAR = Axis.linear("");
    private static final Axis LOGARITHMIC = Axis.logarithmic("");

    @Test
    void ticksStandAtRoundValues() {
        assertThat(linear(613).ticks()).containsExactly(0.0, 100.0, 200.0, 300.0, 400.0, 500.0, 600.0);
        assertThat(logarithmic(1, 64).ticks()).containsExactly(1.0, 2.0, 5.0, 10.0, 20.0, 50.0);
        assertThat(logarithmic(100, 200_000).ticks()).containsExactly(100.0, 1_000.0, 10_000.0, 100_000.0);
        assertThat(linear(0.03).ticks()).hasSize(7).last().satisfies(tick -> assertThat(Scale.text(tick))
                .isEqualTo("0.03"));
    }

    @Test
    void aRoundedScaleEndsAtATick() {
        assertThat(linear(613).rounded().ticks()).last().isEqualTo(700.0);
        assertThat(logarithmic(3, 64).rounded().ticks()).startsWith(2.0).endsWith(100.0);
    }

    @Test
    void aLinearScaleHasItsZero() {
        assertThat(linear(613).at(0)).isZero();
        assertThat(Scale.of(LINEAR, new double[] {-5, 5}, 8).at(0)).isEqualTo(0.5);
    }

    @Test
    void labelsAreWrittenWithoutPowers() {
        assertThat(Scale.text(2_000_000)).isEqualTo("2,000,000");
        assertThat(Scale.text(3 * 0.1)).isEqualTo("0.3");
    }

    @Property
    void everyValueLiesOnItsScaleWithAFewTicks(@ForAll @DoubleRange(min = 0.01, max = 1e12) double value) {
        for (Axis axis : new Axis[] {LINEAR, LOGARITHMIC}) {
            Scale scale = Scale.of(axis, new double[] {value}, 8);
            assertThat(scale.rounded().at(value)).isBetween(0.0, 1 + 1e-9);
            assertThat(scale.ticks()).hasSizeBetween(1, 9);
        }
        assertThat(linear(value).at(value)).isCloseTo(1, within(1e-9));
    }

    private static Scale linear(double most) {
        return Scale.of(LINEAR, new double[] {most}, 8);
    }

    private static Scale logarithmic(double least, double most) {
        return Scale.of(LOGARITHMIC, new double[] {least, most}, 8);
    }
}
