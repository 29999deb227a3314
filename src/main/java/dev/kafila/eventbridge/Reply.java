package dev.kafila.eventbridge;

import dev.kafila.delivery.Outcome;
import dev.kafila.eventbridge.RequestLimiter.Ending;
import java.util.List;

/**
 * What became of the entries of one request.
 *
 * @param results one for each entry that was tried, in order; of several that are {@link Outcome.Split} fewer at once may be taken
 * @param ending  what the request tells about how many EventBridge takes
 */
record Reply(List<Result> results, Ending ending) {
    /** Nothing was tried. */
    static final Reply NONE = new Reply(List.of(), Ending.OTHER);

    /**
     * What became of one entry.
     *
     * @param entry  without its upload once that is done
     * @param thrown null for a success
     * @param bucket that did not take the upload; null: the bus was asked
     */
    record Result(Entry entry, Outcome outcome, Throwable thrown, String bucket) {}
}
