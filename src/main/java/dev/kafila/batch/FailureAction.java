package dev.kafila.batch;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What a consumer does with a batch whose exchange failed. */
enum FailureAction {
    /** The same batch again, with backoff, for ever; its partition waits. */
    RETRY,
    /** The partition stops and keeps its offset; the others go on. */
    STOP_PARTITION,
    /** The route stops; offsets are kept. */
    STOP;

    static FailureAction parse(String word) {
        for (FailureAction action : values()) {
            if (action.word().equals(word)) {
                return action;
            }
        }
        throw new IllegalArgumentException("onFailure=" + word + " is none of "
                + Arrays.stream(values()).map(FailureAction::word).collect(Collectors.joining(", ")));
    }

    private String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
