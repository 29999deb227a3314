package dev.kafila.lambda;

import dev.kafila.delivery.SinkOptions;
import dev.kafila.failure.FailurePolicy;
import dev.kafila.format.FormatOptions;
import dev.kafila.format.SchemaVisibility;
import dev.kafila.pipeline.PipelineOptions;
import dev.kafila.report.ReportOptions;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;

/** The parameters of the kamelet {@code kafila-lambda-sink}. */
final class LambdaOptions extends SinkOptions {
    /** Of a synchronous invocation, in bytes: https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
    private static final int SYNC_LIMIT = 6_291_556;

    /** Of an asynchronous invocation, in bytes: 1 MB since late 2025, 256 KB before. */
    private static final int ASYNC_LIMIT = 1_048_576;

    /** Names of parameters and their values, which may be null. */
    LambdaOptions(Map<String, ?> parameters) {
        super(parameters);
    }

    Functions functions() {
        String functions = text("function", "");
        if (functions.isEmpty()) {
            throw new IllegalArgumentException("function: name or ARN of the function is missing");
        }
        return Functions.read(functions)
                .orElseThrow(() -> new IllegalArgumentException("function: '" + functions
                        + "' is neither a name or ARN, which may hold ${topic}, nor topic=function"
                        + " separated by commas"));
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

    /** Calls that may be out at once. */
    int connections() {
        return number("maxInFlight", 16, 1);
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

    /** Whether an invocation carries more than one record. */
    boolean batch() {
        return flag("batch", true);
    }

    /** The greatest payload, in bytes. */
    int payloadLimit() {
        return number("payloadLimit", async() ? ASYNC_LIMIT : SYNC_LIMIT, 1);
    }

    /** Whether a batch on which the function fails is cut in two. */
    boolean bisect() {
        return flag("bisect", false);
    }

    /** Whether any request that fails uses up an attempt, or only one that the function got and failed on. */
    boolean everyRequestCounts() {
        return oneOf("attempts", "requests", "function-errors").equals("requests");
    }

    /**
     * What becomes of a record that can be in no payload, since it cannot be read or is too large: what becomes of any other that fails, or
     * it is dropped whatever that is.
     */
    FailurePolicy onUnsendable() {
        return oneOf("onUnsendable", "fail", "drop").equals("drop") ? FailurePolicy.DROP : onFailure();
    }

    /** Whether the function names the records that failed. */
    boolean itemFailures() {
        boolean named = flag("reportBatchItemFailures", false);
        require(
                !named || !async(),
                "reportBatchItemFailures: needs an answer, which an asynchronous call does not get");
        return named;
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
}
