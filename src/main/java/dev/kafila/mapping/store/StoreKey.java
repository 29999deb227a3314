package dev.kafila.mapping.store;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A key of the topic: which mapping a record is about, and what it says of it. */
sealed interface StoreKey {
    Pattern CHANGE = Pattern.compile("([^/]+)/([1-9][0-9]{0,17})/([^/]+)");
    Pattern STATUS = Pattern.compile("([^/]+)/status/(0|[1-9][0-9]{0,17})");
    Pattern SEEN = Pattern.compile("([^/]+)/seen/([^/]+)");

    String uuid();

    String text();

    default byte[] bytes() {
        return text().getBytes(StandardCharsets.UTF_8);
    }

    /** Empty if nobody of ours writes such a key. */
    static Optional<StoreKey> parse(String text) {
        Matcher change = CHANGE.matcher(text);
        if (change.matches()) {
            return Optional.of(new Change(change.group(1), Long.parseLong(change.group(2)), change.group(3)));
        }
        Matcher status = STATUS.matcher(text);
        if (status.matches()) {
            return Optional.of(new Status(status.group(1), Long.parseLong(status.group(2))));
        }
        Matcher seen = SEEN.matcher(text);
        return seen.matches() ? Optional.of(new Seen(seen.group(1), seen.group(2))) : Optional.empty();
    }

    /**
     * Of a mapping that somebody asked for.
     *
     * @param nonce tells writers of the same version apart
     */
    record Change(String uuid, long version, String nonce) implements StoreKey {
        @Override
        public String text() {
            return uuid + "/" + version + "/" + nonce;
        }
    }

    /**
     * Of what became of it.
     *
     * @param term counts the owners of the partition: what one writes that is no longer the owner counts for nothing
     */
    record Status(String uuid, long term) implements StoreKey {
        @Override
        public String text() {
            return uuid + "/status/" + term;
        }
    }

    /** Of what one instance sees of it. */
    record Seen(String uuid, String instance) implements StoreKey {
        @Override
        public String text() {
            return uuid + "/seen/" + instance;
        }
    }
}
