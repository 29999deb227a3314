package dev.kafila.mapping;

import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Patterns in which {@code *} stands for any characters, and nothing else for anything but itself. */
final class Globs {
    private final List<Pattern> patterns;

    Globs(Collection<String> globs) {
        patterns = globs.stream().map(Globs::compile).toList();
    }

    private static Pattern compile(String glob) {
        return Pattern.compile(
                Stream.of(glob.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*")), Pattern.DOTALL);
    }

    boolean match(String text) {
        return patterns.stream().anyMatch(pattern -> pattern.matcher(text).matches());
    }
}
