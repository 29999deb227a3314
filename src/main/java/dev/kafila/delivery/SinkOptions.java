package dev.kafila.delivery;

import dev.kafila.aws.AwsSettings;
import dev.kafila.failure.FailurePolicy;
import dev.kafila.failure.RetryPolicy;
import dev.kafila.pipeline.PipelineOptions;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.util.StringHelper;
import org.apache.camel.util.TimeUtils;

/**
 * The parameters of a sink's kamelet, as text; a value that is missing or empty means the default. Each is read when the sink starts, and
 * a bad one is refused by an {@link IllegalArgumentException} with its name.
 */
public abstract class SinkOptions {
    private final Map<String, String> values = new TreeMap<>();

    /** Names of parameters and their values, which may be null. */
    protected SinkOptions(Map<String, ?> parameters) {
        parameters.forEach((name, value) ->
                values.put(name, value == null ? "" : String.valueOf(value).trim()));
    }

    /** Name of the flow, for dead letters; empty: unknown. */
    public final String route() {
        return text("route", "");
    }

    /** What is consumed; empty if that is not known, as with a pattern. */
    public final List<String> topics() {
        return list("topics");
    }

    /** Whether the target is looked for when the sink starts. */
    public final boolean validate() {
        return flag("validate", true);
    }

    /** Name of a client bean; empty: the sink makes its own from {@link #aws}. */
    public final String client() {
        return text("client", "");
    }

    /** A session that nobody names is the connector's, where there is one. */
    public final AwsSettings aws() {
        String session = text("roleArn", "").isEmpty() ? "" : text("connectorId", "");
        return AwsSettings.of(
                name -> text(StringHelper.dashToCamelCase(name), name.equals("role-session-name") ? session : ""));
    }

    /** What happens to a record before it is formatted. */
    public final PipelineOptions pipeline(CamelContext context) {
        return PipelineOptions.of(this::pipelineParameter, aws(), context);
    }

    /** Text of one of the parameters that {@link #pipeline} reads; empty: the default. */
    protected String pipelineParameter(String name) {
        return text(name, "");
    }

    public final RetryPolicy retry() {
        return new RetryPolicy(
                number("maxAttempts", 6, 1),
                duration("retryDelay", "500ms"),
                read("retryBackoff", "2.0", "a number", Double::valueOf),
                duration("retryDelayMax", "60s"));
    }

    public final Set<Integer> retryStatus() {
        return read("retryStatus", "500,502,503,504", "HTTP statuses with commas between them", text -> Arrays.stream(
                        text.split(","))
                .map(status -> Integer.valueOf(status.trim()))
                .collect(Collectors.toUnmodifiableSet()));
    }

    public final FailurePolicy onFailure() {
        return FailurePolicy.parse("onFailure", text("onFailure", FailurePolicy.STOP_PARTITION.text()));
    }

    /** How old a record may be when a request goes out; null: as old as it likes. */
    public final Duration maxRecordAge() {
        Duration age = text("maxRecordAge", "").isEmpty() ? null : duration("maxRecordAge", "");
        require(
                age == null || onFailure() != FailurePolicy.RETRY,
                "maxRecordAge: gives records up as onFailure says, and retry never does");
        return age;
    }

    /** Refuses what does not fit together. */
    protected static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }

    protected final String text(String name, String otherwise) {
        String value = values.getOrDefault(name, "");
        return value.isEmpty() ? otherwise : value;
    }

    /** What stands between commas, without what is empty. */
    protected final List<String> list(String name) {
        return Arrays.stream(text(name, "").split(","))
                .map(String::trim)
                .filter(item -> !item.isEmpty())
                .toList();
    }

    protected final boolean flag(String name, boolean otherwise) {
        return oneOf(name, String.valueOf(otherwise), String.valueOf(!otherwise))
                .equals("true");
    }

    /** The first of the values is the default. */
    protected final String oneOf(String name, String first, String second) {
        String value = text(name, first);
        if (!value.equals(first) && !value.equals(second)) {
            throw new IllegalArgumentException(name + ": '" + value + "' is neither " + first + " nor " + second);
        }
        return value;
    }

    protected final int number(String name, int otherwise, int least) {
        int number = read(name, String.valueOf(otherwise), "a whole number", Integer::valueOf);
        require(number >= least, name + ": " + number + " is less than " + least);
        return number;
    }

    protected final Duration duration(String name, String otherwise) {
        return read(name, otherwise, "a time such as 500ms or 30s", TimeUtils::toDuration);
    }

    /** Reads a value; whatever the reader throws is told as not being {@code what}. */
    protected final <T> T read(String name, String otherwise, String what, Function<String, T> reader) {
        String text = text(name, otherwise);
        try {
            return reader.apply(text);
        } catch (RuntimeException e) {
            throw new IllegalArgumentException(name + ": '" + text + "' is not " + what, e);
        }
    }
}
