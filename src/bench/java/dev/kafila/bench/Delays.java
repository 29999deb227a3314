package dev.kafila.bench;

import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.SynchronizedHistogram;

/**
 * How long records were under way: each says in its value when it was sent. Times are {@link System#nanoTime}, so sender and
 * receiver are one process. Thread-safe.
 */
final class Delays {
    private static final int DIGITS = 3;
    private static final double NANOS_PER_MILLISECOND = 1e6;

    /** No form of a payload changes it. */
    private static final Pattern SENT = Pattern.compile("@(\\d+)@");

    private final long countedFrom;
    private final Histogram histogram = new SynchronizedHistogram(DIGITS);

    /** @param countedFrom records that were sent before are left out */
    Delays(long countedFrom) {
        this.countedFrom = countedFrom;
    }

    /** A value of as many bytes. */
    static byte[] value(long sent, int bytes) {
        String stamp = "@" + sent + "@";
        return (stamp + "x".repeat(Math.max(0, bytes - stamp.length()))).getBytes(StandardCharsets.US_ASCII);
    }

    /** Takes the records of a request, or of a part of it, that arrived then. */
    void arrived(String request, long now) {
        for (Matcher matcher = SENT.matcher(request); matcher.find(); ) {
            long sent = Long.parseLong(matcher.group(1));
            if (sent >= countedFrom) {
                histogram.recordValue(now - sent);
            }
        }
    }

    long count() {
        return histogram.getTotalCount();
    }

    /** Of what has arrived by now. */
    Figures figures() {
        return new Figures(
                histogram.getValueAtPercentile(50) / NANOS_PER_MILLISECOND,
                histogram.getValueAtPercentile(99) / NANOS_PER_MILLISECOND,
                histogram.getMaxValue() / NANOS_PER_MILLISECOND);
    }

    /** What half of the records, 99 % and all of them took at most, in ms. */
    record Figures(double medianMillis, double highMillis, double maxMillis) {
        Figures minus(Figures other) {
            return new Figures(
                    medianMillis - other.medianMillis, highMillis - other.highMillis, maxMillis - other.maxMillis);
        }
    }
}
