package dev.kafila.settings;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sizes as they are written in settings: {@code 5 MiB} (1024 x 1024), {@code 5MB} (1000 x 1000), or bytes. */
final class Sizes {

    private static final long KIB = 1024;
    private static final Map<String, Long> UNITS = Map.of(
            "",
            1L,
            "b",
            1L,
            "kb",
            1_000L,
            "mb",
            1_000_000L,
            "gb",
            1_000_000_000L,
            "kib",
            KIB,
            "mib",
            KIB * KIB,
            "gib",
            KIB * KIB * KIB);
    private static final Pattern SIZE = Pattern.compile("(\\d{1,10})\\s*([a-zA-Z]*)");

    private Sizes() {}

    static Optional<Long> read(String text) {
        Matcher size = SIZE.matcher(text);
        if (!size.matches()) {
            return Optional.empty();
        }
        Long unit = UNITS.get(size.group(2).toLowerCase(Locale.ROOT));
        return Optional.ofNullable(unit).map(bytes -> product(Long.parseLong(size.group(1)), bytes));
    }

    /** What is too large to count is larger than every limit. */
    private static long product(long count, long unit) {
        return count > Long.MAX_VALUE / unit ? Long.MAX_VALUE : count * unit;
    }

    static String text(long bytes) {
        if (bytes % (KIB * KIB) == 0) {
            return bytes / (KIB * KIB) + " MiB";
        }
        return bytes % KIB == 0 ? bytes / KIB + " KiB" : Long.toString(bytes);
    }
}
