package dev.kafila.settings;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Which topics a route reads: names, or every topic that a pattern matches, written {@code /pattern/}. No topic's name holds a slash.
 *
 * @param names   empty with a pattern
 * @param pattern null with names
 */
public record Topics(List<String> names, Pattern pattern) {

    /** No topics: the route does not exist. */
    static final Topics NONE = new Topics(List.of(), null);

    /** https://github.com/apache/kafka/blob/3.9/clients/src/main/java/org/apache/kafka/common/internals/Topic.java */
    private static final Pattern NAME = Pattern.compile("(?!\\.{1,2}$)[A-Za-z0-9._-]{1,249}");

    static Optional<Topics> read(String text) {
        if (text.length() > 2 && text.startsWith("/") && text.endsWith("/")) {
            return pattern(text.substring(1, text.length() - 1));
        }
        List<String> names = Types.entries(text);
        boolean right = names.stream().allMatch(NAME.asMatchPredicate());
        return right ? Optional.of(new Topics(names.stream().distinct().toList(), null)) : Optional.empty();
    }

    private static Optional<Topics> pattern(String regex) {
        try {
            return Optional.of(new Topics(List.of(), Pattern.compile(regex)));
        } catch (PatternSyntaxException e) {
            return Optional.empty();
        }
    }

    /** Whether records of {@code topic} are read. */
    public boolean include(String topic) {
        return pattern == null ? names.contains(topic) : pattern.matcher(topic).matches();
    }

    /** Whether nothing is read. */
    public boolean isEmpty() {
        return names.isEmpty() && pattern == null;
    }

    /** The names separated by commas, or the pattern without its slashes: as the endpoint takes them. */
    public String text() {
        return pattern == null ? String.join(",", names) : pattern.pattern();
    }
}
