package dev.kafila.record;

import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.CamelContext;

/** Reads properties that hold JSON, whose braces Camel by itself takes for placeholders that are not closed. */
public final class PropertyText {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{[^{}]+}}");

    private PropertyText() {}

    /** A property's value with its placeholders resolved; empty if there is no such property. */
    public static Optional<String> read(String name, CamelContext context) {
        // Resolved in one go, Camel would find fault with the value and say that there is none.
        return context.getPropertiesComponent()
                .resolveProperty(name + "?nested=false")
                .map(text -> resolved(text, context));
    }

    /** A text with its placeholders resolved; throws {@link IllegalArgumentException} if one names no property. */
    static String resolved(String text, CamelContext context) {
        return PLACEHOLDER
                .matcher(text)
                .replaceAll((MatchResult match) ->
                        Matcher.quoteReplacement(context.resolvePropertyPlaceholders(match.group())));
    }
}
