package dev.kafila.settings;

import dev.kafila.lambda.Functions;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongFunction;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The kinds of values that settings have. */
final class Types {

    static final ValueType<String> TEXT = text("a text", text -> true);

    static final ValueType<Boolean> BOOLEAN = new ValueType<>(
            Boolean.class,
            "true or false",
            text -> "true".equals(text) || "false".equals(text) ? Optional.of("true".equals(text)) : Optional.empty(),
            Object::toString);

    static final ValueType<Topics> TOPICS = new ValueType<>(
            Topics.class,
            "topic names separated by commas (of A-Z a-z 0-9 . _ -), or one pattern between slashes, such as /orders-.*/",
            Topics::read,
            topics -> inPath(topics.text()));

    /** Kafka takes any text; what an address would change is refused, so that nobody commits for a group of another name. */
    static final ValueType<String> GROUP = text("a text of A-Z a-z 0-9 . _ : @ / -", matches("[\\w.:@/-]+"));

    /** Statuses of HTTP that are failures; the order is kept. */
    static final ValueType<String> STATUSES =
            list("HTTP statuses from 400 to 599, separated by commas, such as 500,502,503", "[45]\\d\\d");

    static final ValueType<String> BROKERS = list(
            "brokers as host:port, separated by commas", "(?:[A-Z0-9_]+://)?(?:[\\w.-]+|\\[[0-9a-fA-F:.]+]):\\d{1,5}");

    static final ValueType<String> STARTING_POSITION = new ValueType<>(
            String.class,
            "earliest, latest, or a time such as 2026-01-31T06:00:00Z",
            Types::startingPosition,
            Function.identity());

    /** A function for all topics, one that {@code ${topic}} is put into, or one for each; {@code *} for all others. */
    static final ValueType<Functions> FUNCTIONS = new ValueType<>(
            Functions.class,
            "a function's name or ARN, such as orders or arn:aws:lambda:eu-central-1:123456789012:function:orders, or"
                    + " one with ${topic} in it, or topic=function once for each topic, separated by commas",
            Functions::read,
            Functions::text);

    static final ValueType<String> EVENT_BUS = text(
            "an event bus's name or ARN, such as orders or arn:aws:events:eu-central-1:123456789012:event-bus/orders",
            matches("(arn:[\\w-]+:events:[\\w-]+:\\d{1,12}:event-bus/)?[/\\w.-]{1,256}"));

    /** One topic that is written to. */
    static final ValueType<String> TOPIC =
            text("a topic name (of A-Z a-z 0-9 . _ -)", matches("(?!\\.{1,2}$)[\\w.-]{1,249}"));

    static final ValueType<String> TOPIC_NAMES =
            list("topic names separated by commas (of A-Z a-z 0-9 . _ -)", "(?!\\.{1,2}$)[\\w.-]{1,249}");

    /** Names that other settings are told apart by. */
    static final ValueType<String> NAMES = list("names separated by commas", "[\\w-]+");

    static final ValueType<String> QUALIFIER =
            text("a version, an alias or $LATEST", matches("\\$LATEST|[\\w-]{1,128}"));

    /**
     * A route may put the address into {@code RAW(...)} to get it through the address of a kamelet. That ends at the first {@code )&}, and what
     * follows would be lost without a word; {@code RAW{...}} inside it is as good and does not end it.
     */
    static final ValueType<String> ENDPOINT = new ValueType<>(
            String.class,
            "a Camel endpoint URI, such as kafka:orders-dlt, with RAW{...} around values that hold special characters",
            text -> Optional.of(text).filter(matches("[a-z][\\w+.-]*:.+")).filter(uri -> !withoutParentheses(uri)
                    .contains(")&")),
            Types::withoutParentheses);

    private static final String CLASS = "[\\w$]+(\\.[\\w$]+)+";

    private Types() {}

    static ValueType<String> text(String form, Predicate<String> right) {
        return new ValueType<>(String.class, form, text -> Optional.of(text).filter(right), Function.identity());
    }

    static ValueType<String> choice(String... values) {
        List<String> known = List.of(values);
        return text(oneOf(known), known::contains);
    }

    /** One of the short names, or a class, which is told from a typing error by the dot in its name. */
    static ValueType<String> choiceOrClass(String kind, String... values) {
        return choiceOr(CLASS, "the class of a " + kind, values);
    }

    /** As {@link #choiceOrClass}, or a bean as {@code #name}; Camel is given the bare name. */
    static ValueType<String> choiceOrBean(String kind, String... values) {
        ValueType<String> type = choiceOr("#[\\w.-]+|" + CLASS, "a bean as #name or the class of a " + kind, values);
        return new ValueType<>(String.class, type.form(), type.reader(), name -> name.replaceFirst("^#", ""));
    }

    private static ValueType<String> choiceOr(String pattern, String other, String... values) {
        List<String> known = List.of(values);
        return text(oneOf(known) + ", or " + other, matches(pattern).or(known::contains));
    }

    static ValueType<Integer> integer(int least, int most) {
        String form = "a whole number from " + least + " to " + most;
        return new ValueType<>(
                Integer.class, form, text -> whole(text, least, most).map(Long::intValue), Object::toString);
    }

    static ValueType<Double> decimal(double least, double most) {
        Predicate<String> digits = matches("\\d{1,6}(\\.\\d{1,6})?");
        return new ValueType<>(
                Double.class,
                "a number from " + least + " to " + most,
                text -> Optional.of(text)
                        .filter(digits)
                        .map(Double::valueOf)
                        .filter(value -> value >= least && value <= most),
                Object::toString);
    }

    static ValueType<Duration> duration(Duration least, Duration most) {
        return new ValueType<>(
                Duration.class,
                "a duration with its unit, such as 500ms, 30s, 5m, 1h or PT5S, from " + Durations.text(least) + " to "
                        + Durations.text(most),
                text -> Durations.read(text).filter(value -> value.compareTo(least) >= 0 && value.compareTo(most) <= 0),
                value -> Long.toString(value.toMillis()));
    }

    static ValueType<Long> size(long least, long most) {
        LongFunction<String> plain = Sizes::text;
        return new ValueType<>(
                Long.class,
                "a size such as 5 MiB, 5MB or a number of bytes, from " + plain.apply(least) + " to "
                        + plain.apply(most),
                text -> Sizes.read(text).filter(value -> value >= least && value <= most),
                Object::toString);
    }

    private static ValueType<String> list(String form, String entry) {
        return new ValueType<>(
                String.class,
                form,
                text -> Optional.of(text).filter(all -> entries(all).stream().allMatch(matches(entry))),
                text -> String.join(",", entries(text)));
    }

    /** What stands between the commas; at least one entry, which is empty where nothing stands. */
    static List<String> entries(String text) {
        return Arrays.stream(text.split(",", -1)).map(String::trim).toList();
    }

    /**
     * A pattern as it gets through the addresses of a kamelet and of the endpoint in it, each of which decodes it, to the component, which
     * does so once more. Without that {@code orders-.+} would lose its plus sign, and {@code (?!...)} would end the address.
     */
    private static String inPath(String pattern) {
        StringBuilder path = new StringBuilder();
        for (byte octet : pattern.getBytes(StandardCharsets.UTF_8)) {
            boolean plain = octet > 0 && (Character.isLetterOrDigit(octet) || ",.-_".indexOf(octet) >= 0);
            path.append(plain ? Character.toString(octet) : String.format("%%2525%02X", octet));
        }
        return path.toString();
    }

    private static String withoutParentheses(String uri) {
        return uri.replaceAll("RAW\\(([^)}]*)\\)", "RAW{$1}");
    }

    private static Optional<Long> whole(String text, long least, long most) {
        return Optional.of(text)
                .filter(matches("-?\\d{1,18}"))
                .map(Long::valueOf)
                .filter(value -> value >= least && value <= most);
    }

    private static Optional<String> startingPosition(String text) {
        if ("earliest".equals(text) || "latest".equals(text)) {
            return Optional.of(text);
        }
        try {
            return Optional.of(OffsetDateTime.parse(text).toInstant().toString());
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    private static Predicate<String> matches(String pattern) {
        return Pattern.compile(pattern).asMatchPredicate();
    }

    private static String oneOf(List<String> values) {
        return values.size() == 1 ? values.get(0) : "one of " + values.stream().collect(Collectors.joining(", "));
    }
}
