package dev.kafila.migrate;

import static dev.kafila.migrate.Mapping.choice;
import static dev.kafila.migrate.Mapping.lost;
import static dev.kafila.migrate.Mapping.millis;
import static dev.kafila.migrate.Mapping.same;
import static dev.kafila.migrate.Mapping.special;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** Nordstrom's kafka-connect-lambda: https://github.com/Nordstrom/kafka-connect-lambda */
final class NordstromTable {
    private static final String FORMATTERS = "com.nordstrom.kafka.connect.formatters.";
    private static final String FORMAT = "kafila.lambda.format";
    private static final String BATCH_ENABLED = "aws.lambda.batch.enabled";
    private static final String PROXY_PORT = "http.proxy.port";

    static final ConnectorTable TABLE = new ConnectorTable(
            "Nordstrom's kafka-connect-lambda",
            "nordstrom",
            Target.LAMBDA,
            List.of("com.nordstrom.kafka.connect.lambda.LambdaSinkConnector", "LambdaSinkConnector", "LambdaSink"),
            Map.of("aws.lambda.function.arn", "kafila.lambda.function", "aws.region", "kafila.aws.region"),
            Stream.of(invocation(), payload(), retries(), aws())
                    .flatMap(List::stream)
                    .toList(),
            NordstromTable::changes);

    private NordstromTable() {}

    private static List<Mapping> invocation() {
        return List.of(
                same("aws.lambda.function.arn", "kafila.lambda.function"),
                choice(
                        "aws.lambda.invocation.mode",
                        null,
                        "kafila.lambda.invocation-type",
                        "",
                        Map.of("SYNC", "sync", "ASYNC", "async")),
                millis(
                        "aws.lambda.invocation.timeout.ms",
                        null,
                        "kafila.lambda.timeout",
                        "`300000` is `300s`; may be longer than the function's 15 minutes"),
                choice(
                        "aws.lambda.invocation.failure.mode",
                        "STOP",
                        "kafila.lambda.on-failure",
                        "`STOP` is `stop`, `DROP` is `drop`",
                        Map.of("STOP", "stop", "DROP", "drop")),
                special(
                        "tasks.max",
                        "1",
                        "kafila.lambda.max-in-flight",
                        "a task had one call out at a time; more processes share the partitions",
                        NordstromTable::tasks),
                special(
                        BATCH_ENABLED,
                        "true",
                        "kafila.lambda.batch",
                        "with `batch-size=10000` and `linger=60s`, as a task gathered all that came between two commits",
                        NordstromTable::batch));
    }

    private static List<Mapping> payload() {
        Map<String, String> visibilities = Map.of("none", "none", "min", "min", "all", "all");
        return List.of(
                special(
                        "payload.formatter.class",
                        FORMATTERS + "PlainPayloadFormatter",
                        FORMAT,
                        "`...PlainPayloadFormatter` is `plain`, `...JsonPayloadFormatter` is `json`",
                        NordstromTable::format),
                choice(
                        "payload.formatter.key.schema.visibility",
                        null,
                        "kafila.lambda.schema-visibility.key",
                        "",
                        visibilities),
                choice(
                        "payload.formatter.value.schema.visibility",
                        null,
                        "kafila.lambda.schema-visibility.value",
                        "",
                        visibilities),
                lost(
                        "payload.formatter.*",
                        "options of a formatter of your own: a formatter here is made without any"));
    }

    private static List<Mapping> retries() {
        return List.of(
                Retries.count("retries.max", "5", Target.LAMBDA),
                Retries.delay("retry.backoff.millis", "500", Target.LAMBDA),
                same("retriable.error.codes", "kafila.lambda.retry-status").withDefault("500,503,504"));
    }

    private static List<Mapping> aws() {
        List<Mapping> connection = List.of(
                same("aws.region", "kafila.aws.region"),
                special("http.proxy.host", null, "kafila.aws.proxy", "`http://host:port`", NordstromTable::proxy),
                special(PROXY_PORT, null, "kafila.aws.proxy", "with the host", NordstromTable::proxyPort));
        return Stream.of(connection, Credentials.mappings())
                .flatMap(List::stream)
                .toList();
    }

    private static void tasks(Property property, Draft draft) {
        if (property.isOpen()) {
            draft.open("kafila.lambda.max-in-flight", property);
            return;
        }
        int tasks = Mapping.number(property.value());
        draft.set("kafila.lambda.max-in-flight", Integer.toString(tasks), property);
        draft.changes(
                "maxInFlight",
                "at most " + tasks + (tasks == 1 ? " call" : " calls")
                        + " at once in a process, as with the connector's tasks; raise it if the function may run more often"
                        + " at once");
    }

    private static void batch(Property property, Draft draft) {
        String setting = "kafila.lambda.batch";
        if (property.isOpen()) {
            draft.open(setting, property);
            return;
        }
        String value = property.value().toLowerCase(Locale.ROOT);
        draft.set(setting, value, property);
        if (value.equals("false")) {
            draft.implied("kafila.lambda.linger", "0", BATCH_ENABLED + "=false: nothing is waited for");
        } else {
            draft.implied("kafila.lambda.batch-size", "10000", "a batch was bounded by its bytes alone");
            draft.implied("kafila.lambda.linger", "60s", "the worker's offset.flush.interval.ms, if that is not set");
            draft.changes(
                    "linger",
                    "a batch waits up to 60s for more, as a task gathered records until its next commit"
                            + " (offset.flush.interval.ms of the worker); with less they arrive sooner, in more invocations");
            draft.changes(
                    "batch",
                    "an array holds records of one partition; the connector's could mix partitions and topics");
        }
    }

    private static void format(Property property, Draft draft) {
        String name = property.value().replace(FORMATTERS, "");
        if (name.equals("PlainPayloadFormatter") || name.equals("JsonPayloadFormatter")) {
            draft.set(FORMAT, name.startsWith("Plain") ? "plain" : "json", property);
        } else {
            draft.open(FORMAT, property);
            draft.changes(
                    "format",
                    "the payload formatter is a class for Nordstrom's connector; write it as a"
                            + " dev.kafila.format.RecordFormatter and name that class");
        }
        if (name.equals("PlainPayloadFormatter")) {
            draft.changes("format", "bytes are base64; the connector wrote \"[B@...\" and lost them");
        }
    }

    private static void proxy(Property property, Draft draft) {
        String host = property.value().replaceFirst("^http://", "");
        String port = draft.text(PROXY_PORT);
        if (port.isEmpty() && !host.contains(":")) {
            throw new ImportException("needs http.proxy.port beside it");
        }
        String address = "http://" + host + (host.contains(":") ? "" : ":" + port);
        Property whole = new Property(property.name(), address, true);
        if (whole.isOpen() || whole.isSecret()) {
            draft.open("kafila.aws.proxy", whole);
        } else {
            draft.set("kafila.aws.proxy", address, whole);
        }
    }

    private static void proxyPort(Property property, Draft draft) {
        if (draft.text("http.proxy.host").isEmpty()) {
            draft.needless(property, "there is no http.proxy.host");
        } else {
            draft.mapped(property, "proxy, with the host");
        }
    }

    private static void changes(Draft draft) {
        draft.changes(
                "validate",
                "at start the function and the permission to invoke it are checked, and a function that is not there stops the"
                        + " start; validate: false is the connector's way");
        draft.changes("retryDelay", "half of each delay is random, so that partitions do not retry in step");
        draft.changes(
                "function errors",
                "an answer with X-Amz-Function-Error is a failure: it is retried and then treated as onFailure says;"
                        + " the connector took it for a success");
        draft.changes(
                "statuses",
                "a status that is not retried ends as onFailure says; the connector logged it and lost the records. A"
                        + " missing permission or function stops the partition until it is put right, whatever onFailure says");
        if (draft.sinkText("onFailure").equals("drop")) {
            draft.changes(
                    "onFailure: drop",
                    "drops all records whose attempts are used up; the connector dropped what was too large, and"
                            + " stopped when retries were used up");
        }
    }
}
