package dev.kafila.charts;

import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;

/** Where values of an axis lie, as parts of its length, and which of them get a tick. */
final class Scale {
    /** Above this many decades ticks at 1, 2 and 5 would touch. */
    private static final double WIDE = 2.5;

    private static final List<Integer> ROUND = List.of(1, 2, 5);

    private final boolean logarithmic;
    private final double low;
    private final double high;
    private final int ticks;

    private Scale(boolean logarithmic, double low, double high, int ticks) {
        this.logarithmic = logarithmic;
        this.low = low;
        this.high = high;
        this.ticks = ticks;
    }

    /**
     * Fits an axis to values.
     *
     * @param ticks the most that a linear axis gets above its zero
     */
    static Scale of(Axis axis, double[] values, int ticks) {
        if (axis.logarithmic()) {
            DoubleStream positive = DoubleStream.of(values).filter(value -> value > 0);
            var range = positive.summaryStatistics();
            if (range.getCount() == 0) {
                return new Scale(true, 1, 10, ticks);
            }
            boolean one = range.getMin() == range.getMax();
            return new Scale(true, range.getMin() / (one ? 2 : 1), range.getMax() * (one ? 2 : 1), ticks);
        }
        double low = DoubleStream.of(values).min().orElse(0);
        double high = DoubleStream.of(values).max().orElse(0);
        return low >= 0 && high <= 0
                ? new Scale(false, 0, 1, ticks)
                : new Scale(false, Math.min(0, low), Math.max(0, high), ticks);
    }

    /** With both ends at round values, so that no line touches the frame. */
    Scale rounded() {
        if (logarithmic) {
            return new Scale(true, floor(low), 1 / floor(1 / high), ticks);
        }
        double step = step();
        return new Scale(false, Math.floor(low / step) * step, Math.ceil(high / step) * step, ticks);
    }

    boolean holds(double value) {
        return !logarithmic || value > 0;
    }

    /** 0 at the low end, 1 at the high one. */
    double at(double value) {
        return (place(value) - place(low)) / (place(high) - place(low));
    }

    private double place(double value) {
        return logarithmic ? Math.log10(value) : value;
    }

    List<Double> ticks() {
        return logarithmic ? powers() : multiples();
    }

    private List<Double> multiples() {
        List<Double> found = new ArrayList<>();
        double step = step();
        long last = (long) Math.floor(high / step + 1e-9);
        for (long multiple = (long) Math.ceil(low / step - 1e-9); multiple <= last; multiple++) {
            found.add(multiple * step);
        }
        return found;
    }

    /** The smallest of 1, 2 and 5 times a power of ten that does with so many ticks. */
    private double step() {
        double least = (high - low) / ticks;
        double power = Math.pow(10, Math.floor(Math.log10(least)));
        return ROUND.stream()
                .map(round -> round * power)
                .filter(step -> step >= least * (1 - 1e-9))
                .findFirst()
                .orElse(10 * power);
    }

    private List<Double> powers() {
        List<Double> found = new ArrayList<>();
        List<Integer> rounds = Math.log10(high / low) > WIDE ? List.of(1) : ROUND;
        for (int power = exponent(low); power <= exponent(high); power++) {
            for (int round : rounds) {
                double tick = round * Math.pow(10, power);
                if (tick >= low * (1 - 1e-9) && tick <= high * (1 + 1e-9)) {
                    found.add(tick);
                }
            }
        }
        return found;
    }

    private static double floor(double value) {
        double power = Math.pow(10, exponent(value));
        double times = value / power;
        return power * (times >= 5 - 1e-9 ? 5 : times >= 2 - 1e-9 ? 2 : 1);
    }

    private static int exponent(double value) {
        return (int) Math.floor(Math.log10(value) + 1e-9);
    }

    /** As a tick's label. */
    static String text(double value) {
        return new DecimalFormat("#,##0.########", DecimalFormatSymbols.getInstance(Locale.ROOT)).format(value);
    }
}
