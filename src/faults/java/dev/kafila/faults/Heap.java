package dev.kafila.faults;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The most that a JVM's log of garbage collections tells of its heap, in MiB.
 *
 * @param used with garbage, before a collection
 * @param live after a collection of the whole heap
 */
public record Heap(int used, int live) {
    private static final Pattern COLLECTION = Pattern.compile(" (\\d+)M->(\\d+)M\\(\\d+M\\)");

    /** What a young collection leaves holds large garbage still. */
    private static final Pattern WHOLE = Pattern.compile("Pause (Remark|Full)");

    public static Heap of(List<String> log) {
        Heap most = new Heap(0, 0);
        for (String line : log) {
            Matcher collection = COLLECTION.matcher(line);
            if (collection.find()) {
                most = new Heap(
                        Math.max(most.used, Integer.parseInt(collection.group(1))),
                        WHOLE.matcher(line).find()
                                ? Math.max(most.live, Integer.parseInt(collection.group(2)))
                                : most.live);
            }
        }
        return most;
    }
}
