package dev.kafila.settings;

import java.util.Optional;
import java.util.function.Function;

/**
 * A kind of value: which text is right, and what it means.
 *
 * @param form   what would be right, as it completes "must be ..."
 * @param reader what a text means; empty when it is not of this kind
 * @param camel  the meaning as a Camel endpoint or a kamelet takes it
 */
record ValueType<T>(Class<T> meaning, String form, Function<String, Optional<T>> reader, Function<T, String> camel) {

    Optional<T> read(String text) {
        return reader.apply(text);
    }

    /** The text in the one form that Camel is given: durations in milliseconds, sizes in bytes. */
    String normal(String text) {
        return read(text).map(camel).orElse(text);
    }
}
