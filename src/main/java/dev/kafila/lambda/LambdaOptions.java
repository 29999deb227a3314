package dev.kafila.lambda;

import dev.kafila.aws.AwsSettings;
import dev.kafila.failure.FailurePolicy;
import dev.kafila.failure.RetryPolicy;
import dev.kafila.format.FormatOptions;
import dev.kafila.format.SchemaVisibility;
import dev.kafila.pipeline.PipelineOptions;
import dev.kafila.report.ReportOptions;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashSet;
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
 * The parameters of the kamelet {@code kafila-lambda-sink}, as text; a value that is missing or empty means the default. Each is read when
 * the sink starts, and a bad one is refused with its name.
 */
final class LambdaOptions {
    /** Of a synchronous invocation, in bytes: https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
    private static final int SYNC_LIMIT = 6_291_556;

    /** Of an asynchronous invocation, in bytes: 1 MB since late 2025, 256 KB before. */
    private static final int ASYNC_LIMIT = 1_048_576;

    private final Map<String, String> values = new TreeMap<>();

    /** Names of parameters and their values, which may be null. */
    LambdaOptions(Map<String, ?> parameters) {
        parameters.forEach((name, value) ->
                values.put(name, value == null ? "" : String.valueOf(value).trim()));
    }

    Functions functions() {
        String functions = text("function", "");
        if (functions.isEmpty()) {
            throw new IllegalArgumentException("function: name or ARN of the function is missing");
        }
        return Functions.read(functions)
                .orElseThrow(
                        () -> new IllegalArgumentException(
                                "function: '" + functions
                                        + "' is neither a name or ARN, which may hold ${topic}, nor topic=function separated by commas"));
    }

    /** The functions that are known before any record is, with the version or alias that goes for all. */
    Set<FunctionName> known() {
        List<String> problems = topics().isEmpty() ? List.of() : functions().problems(topics(), topics()::contains);
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException("function (kafila.lambda.function): " + String.join(". ", problems));
        }
        return functions().known(topics()).stream()
                .map(function -> function.orQualified(qualifier()))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** What is consumed; empty if that is not known, as with a pattern. */
    List<String> topics() {
        return Arrays.stream(text("topics", "").split(","))
                .map(String::trim)
                .filter(topic -> !topic.isEmpty())
                .toList();
    }

    String qualifier() {
        return text("qualifier", "");
    }

    boolean async() {
        return oneOf("invocationType", "sync", "async").equals("async");
    }

    /** Of one call. Not named timeout, which is an option of Camel's kamelet endpoints themselves. */
    Duration timeout() {
        return duration("callTimeout", "300s");
    }

    /** Whether the function is looked for when the sink starts. */
    boolean validate() {
        return flag("validate", true);
    }

    /** Calls that may be out at once. */
    int connections() {
        return number("maxInFlight", 16, 1);
    }

    /** Name of a client bean; empty: the sink makes its own from {@link #aws}. */
    String client() {
        return text("client", "");
    }

    AwsSettings aws() {
        return AwsSettings.of(name -> text(StringHelper.dashToCamelCase(name), ""));
    }

    String format() {
        return text("format", "esm");
    }

    /** How records are written that were read as {@code steps} say. */
    FormatOptions formatOptions(PipelineOptions steps) {
        return new FormatOptions(
                batch(),
                flag("includeHeaders", false),
                visibility("schemaVisibilityKey"),
                visibility("schemaVisibilityValue"),
                text("brokers", ""),
                text("eventSourceArn", ""),
                new FormatOptions.Input(steps.keyConverter(), steps.valueConverter(), steps.decoded()));
    }

    private SchemaVisibility visibility(String name) {
        return SchemaVisibility.parse(name, text(name, "min"));
    }

    /** What happens to a record before it is formatted. */
    PipelineOptions pipeline(CamelContext context) {
        return PipelineOptions.of(name -> text(name, ""), aws(), context);
    }

    /** Whether an invocation carries more than one record. */
    boolean batch() {
        return flag("batch", true);
    }

    /** The greatest payload, in bytes. */
    int payloadLimit() {
        return number("payloadLimit", async() ? ASYNC_LIMIT : SYNC_LIMIT, 1);
    }

    RetryPolicy retry() {
        return new RetryPolicy(
                number("maxAttempts", 6, 1),
                duration("retryDelay", "500ms"),
                read("retryBackoff", "2.0", "a number", Double::valueOf),
                duration("retryDelayMax", "60s"));
    }

    Set<Integer> retryStatus() {
        return read("retryStatus", "500,502,503,504", "HTTP statuses with commas between them", text -> Arrays.stream(
                        text.split(","))
                .map(status -> Integer.valueOf(status.trim()))
                .collect(Collectors.toUnmodifiableSet()));
    }

    /** Whether a batch on which the function fails is cut in two. */
    boolean bisect() {
        return flag("bisect", false);
    }

    FailurePolicy onFailure() {
        return FailurePolicy.parse("onFailure", text("onFailure", FailurePolicy.STOP_PARTITION.text()));
    }

    /** Whether the function names the records that failed. */
    boolean itemFailures() {
        boolean named = flag("reportBatchItemFailures", false);
        require(
                !named || !async(),
                "reportBatchItemFailures: needs an answer, which an asynchronous call does not get");
        return named;
    }

    /** How old a record may be when a request goes out; null: as old as it likes. */
    Duration maxRecordAge() {
        Duration age = text("maxRecordAge", "").isEmpty() ? null : duration("maxRecordAge", "");
        require(
                age == null || onFailure() != FailurePolicy.RETRY,
                "maxRecordAge: gives records up as onFailure says, and retry never does");
        return age;
    }

    /** Where answers and records that are given up are reported. */
    ReportOptions reports(CamelContext context) {
        ReportOptions reports = ReportOptions.of(
                name -> text(name, ""), pipeline(context).connect().under("reporter."));
        require(
                !reports.enabled() || !async(),
                "responseTopic, errorTopic: need an answer, which an asynchronous call does not get");
        return reports;
    }

    /** Name of the flow, for dead letters; empty: unknown. */
    String route() {
        return text("route", "");
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }

    private String text(String name, String otherwise) {
        String value = values.getOrDefault(name, "");
        return value.isEmpty() ? otherwise : value;
    }

    private boolean flag(String name, boolean otherwise) {
        return oneOf(name, String.valueOf(otherwise), String.valueOf(!otherwise))
                .equals("true");
    }

    /** The first of the values is the default. */
    private String oneOf(String name, String first, String second) {
        String value = text(name, first);
        if (!value.equals(first) && !value.equals(second)) {
            throw new IllegalArgumentException(name + ": '" + value + "' is neither " + first + " nor " + second);
        }
        return value;
    }

    private int number(String name, int otherwise, int least) {
        int number = read(name, String.valueOf(otherwise), "a whole number", Integer::valueOf);
        require(number >= least, name + ": " + number + " is less than " + least);
        return number;
    }

    private Duration duration(String name, String otherwise) {
        return read(name, otherwise, "a time such as 500ms or 30s", TimeUtils::toDuration);
    }

    private <T> T read(String name, String otherwise, String what, Function<String, T> reader) {
        String text = text(name, otherwise);
        try {
            return reader.apply(text);
        } catch (RuntimeException e) {
            throw new IllegalArgumentException(name + ": '" + text + "' is not " + what, e);
        }
    }
}
