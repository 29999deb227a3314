package dev.kafila.filter;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;

/** The patterns of an event source mapping's filter criteria: what a {@link RecordFilter} wants if one of them does. */
public final class FilterPatterns {
    /**
     * Patterns of one mapping. AWS grants five, and up to ten on request.
     *
     * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventfiltering.html">AWS's quota</a>
     */
    public static final int MOST = 10;

    /**
     * Characters of one pattern.
     *
     * @see <a href="https://docs.aws.amazon.com/lambda/latest/api/API_Filter.html">AWS's limit</a>
     */
    public static final int LONGEST = 4_096;

    private static final String NEITHER = "neither a pattern nor an array of texts with a pattern in each";

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private static final ObjectReader TEXTS = JSON.readerForListOf(String.class);

    private FilterPatterns() {}

    /**
     * Refuses what AWS would, when a mapping is made.
     *
     * @throws IllegalArgumentException naming the pattern that is not right, and why
     */
    public static void check(List<String> patterns) {
        if (patterns.size() > MOST) {
            throw new IllegalArgumentException(
                    "FilterCriteria has " + patterns.size() + " filters, which are more than " + MOST);
        }
        for (int i = 0; i < patterns.size(); i++) {
            check("FilterCriteria.Filters[" + i + "].Pattern", patterns.get(i));
        }
    }

    private static void check(String member, String pattern) {
        if (pattern == null) {
            throw new IllegalArgumentException(member + " is missing");
        }
        if (pattern.length() > LONGEST) {
            throw new IllegalArgumentException(
                    member + " has " + pattern.length() + " characters, which are more than " + LONGEST);
        }
        try {
            FilterPattern.compile(pattern);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(member + " is no pattern: " + e.getMessage(), e);
        }
    }

    /** The option {@code filter} of a sink that wants what one of the patterns wants; empty for no pattern, which filters nothing. */
    public static String option(List<String> patterns) {
        try {
            return patterns.isEmpty() ? "" : JSON.writeValueAsString(patterns);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    static List<String> read(String option) {
        try {
            List<String> patterns = TEXTS.readValue(option);
            if (!patterns.isEmpty() && !patterns.contains(null)) {
                return patterns;
            }
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(NEITHER, e);
        }
        throw new IllegalArgumentException(NEITHER);
    }
}
