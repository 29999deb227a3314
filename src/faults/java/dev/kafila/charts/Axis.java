package dev.kafila.charts;

/**
 * What an axis measures. A linear axis has its zero; a logarithmic one has no place for what is not positive.
 *
 * @param label with the unit, such as {@code records/s}
 */
public record Axis(String label, boolean logarithmic) {

    public static Axis linear(String label) {
        return new Axis(label, false);
    }

    public static Axis logarithmic(String label) {
        return new Axis(label, true);
    }
}
