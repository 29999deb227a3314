package dev.kafila.charts;

import java.util.Locale;

/** Writes SVG. What comes from outside is escaped. */
final class Svg {
    private final StringBuilder text = new StringBuilder();

    Svg open(String element, Object... attributes) {
        return write(element, ">\n", attributes);
    }

    Svg close(String element) {
        text.append("</").append(element).append(">\n");
        return this;
    }

    Svg element(String element, Object... attributes) {
        return write(element, "/>\n", attributes);
    }

    Svg text(String element, String content, Object... attributes) {
        write(element, ">", attributes);
        text.append(escape(content));
        return close(element);
    }

    /** @param attributes names and values, by turns; numbers are written with one digit behind the point */
    private Svg write(String element, String end, Object... attributes) {
        text.append('<').append(element);
        for (int i = 0; i < attributes.length; i += 2) {
            Object value = attributes[i + 1];
            text.append(' ')
                    .append(attributes[i])
                    .append("=\"")
                    .append(escape(value instanceof Double number ? number(number) : String.valueOf(value)))
                    .append('"');
        }
        text.append(end);
        return this;
    }

    static String number(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
