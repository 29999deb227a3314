package dev.kafila.migrate;

import static dev.kafila.migrate.Mapping.choice;
import static dev.kafila.migrate.Mapping.converted;
import static dev.kafila.migrate.Mapping.millis;
import static dev.kafila.migrate.Mapping.needless;
import static dev.kafila.migrate.Mapping.same;
import static dev.kafila.migrate.Mapping.secret;
import static dev.kafila.migrate.Mapping.special;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Confluent's AWS Lambda sink, by the properties of its version 2. */
final class ConfluentTable {
    private static final String FORMAT = "kafila.lambda.format";
    private static final String CONVERTERS = "io.confluent.connect.aws.lambda.converters.";
    private static final String PROXY_URL = "aws.lambda.proxy.url";

    static final ConnectorTable TABLE = new ConnectorTable(
            "Confluent's AWS Lambda sink",
            "confluent",
            Target.LAMBDA,
            List.of(
                    "io.confluent.connect.aws.lambda.AwsLambdaSinkConnector",
                    "AwsLambdaSinkConnector",
                    "AwsLambdaSink"),
            Map.of("aws.lambda.function.name", "kafila.lambda.function"),
            Stream.of(invocation(), aws(), Reporter.mappings(), licence())
                    .flatMap(List::stream)
                    .toList(),
            ConfluentTable::changes);

    private ConfluentTable() {}

    private static List<Mapping> invocation() {
        return List.of(
                same("aws.lambda.function.name", "kafila.lambda.function"),
                choice(
                        "aws.lambda.invocation.type",
                        null,
                        "kafila.lambda.invocation-type",
                        "",
                        Map.of("sync", "sync", "async", "async")),
                special(
                        "aws.lambda.batch.size",
                        "20",
                        "kafila.lambda.batch-size",
                        "with `linger=0`, as the connector does not wait for more; `1` is still an array, of one record",
                        ConfluentTable::batch),
                millis("aws.lambda.socket.timeout", "50000", "kafila.lambda.timeout", "`50000` is `50s`"),
                choice(
                        "behavior.on.error",
                        "fail",
                        "kafila.lambda.on-failure",
                        "`fail` is `stop-partition`, `log` and `ignore` are `drop`",
                        Map.of("fail", "stop-partition", "log", "drop", "ignore", "drop")),
                special(
                        "record.converter.class",
                        CONVERTERS + "JsonKeyValueConverter",
                        FORMAT,
                        "`JsonKeyValueConverter` is `confluent`; others have to be written as a formatter",
                        ConfluentTable::format),
                needless(
                        "tasks.max",
                        "partitions go out at the same time in one process, and more processes share them"),
                needless("aws.lambda.user.agent", "requests name the AWS SDK alone"));
    }

    private static List<Mapping> aws() {
        List<Mapping> connection = List.of(
                same("aws.lambda.region", "kafila.aws.region"),
                secret("aws.access.key.id", "kafila.aws.access-key-id"),
                secret("aws.secret.access.key", "kafila.aws.secret-access-key"),
                special(PROXY_URL, null, "kafila.aws.proxy", "without user and password", ConfluentTable::proxy),
                secret("aws.lambda.proxy.user", "kafila.aws.proxy-user"),
                secret("aws.lambda.proxy.password", "kafila.aws.proxy-password"));
        return Stream.of(connection, Credentials.mappings())
                .flatMap(List::stream)
                .toList();
    }

    private static List<Mapping> licence() {
        String why = "no licence is needed";
        return List.of(
                needless("confluent.license", why),
                needless("confluent.topic", why),
                needless("confluent.topic.*", why + ", so there is no topic for it"));
    }

    private static void batch(Property property, Draft draft) {
        converted("", null, "kafila.lambda.batch-size", "", value -> value)
                .rule()
                .apply(property, draft);
        draft.implied("kafila.lambda.linger", "0", "what is there is sent");
    }

    private static void format(Property property, Draft draft) {
        if (property.value().replace(CONVERTERS, "").equals("JsonKeyValueConverter")) {
            draft.set(FORMAT, "confluent", property);
            return;
        }
        draft.open(FORMAT, property);
        draft.changes(
                "format",
                "the record converter is a class for Confluent's connector; write its payload as a"
                        + " dev.kafila.format.RecordFormatter and name that class");
    }

    /** User and password may stand in the address. */
    private static void proxy(Property property, Draft draft) {
        String setting = "kafila.aws.proxy";
        String address = property.value().replaceFirst("://[^/]*@", "://").replaceFirst("/$", "");
        Property bare = new Property(property.name(), address, property.given());
        if (bare.isOpen()) {
            draft.open(setting, bare);
        } else {
            draft.set(setting, address, bare);
        }
        if (!address.equals(property.value().replaceFirst("/$", ""))) {
            draft.open("kafila.aws.proxy-user", property.asSecret());
            draft.open("kafila.aws.proxy-password", property.asSecret());
        }
    }

    private static void changes(Draft draft) {
        draft.implied("kafila.lambda.max-attempts", "4", "the AWS SDK's own three retries, which are off here");
        draft.changes(
                "function errors",
                "an answer with X-Amz-Function-Error is retried, up to 4 requests, before onFailure applies; the connector"
                        + " applied behavior.on.error at once");
        draft.changes(
                "maxInFlight",
                "up to 16 partitions have a call out at once in a process; lower it on source and sink if the function may not"
                        + " run that often at once");
        if (draft.sinkText("invocationType").equals("async")) {
            draft.changes(
                    "invocationType: async", "a request that AWS does not take is retried; the connector let it go");
        }
    }
}
