package dev.kafila.migrate;

import static dev.kafila.migrate.Mapping.needless;
import static dev.kafila.migrate.Mapping.same;
import static dev.kafila.migrate.Mapping.special;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** AWS's sink for EventBridge: https://github.com/awslabs/eventbridge-kafka-connector */
final class EventBridgeTable {
    /** What its properties begin with. */
    static final String THEIRS = "aws.eventbridge.";

    private static final String PROVIDER = THEIRS + "auth.credentials_provider.class";
    private static final String ROLE = THEIRS + "iam.role.arn";
    private static final String CONNECTOR_ID = THEIRS + "connector.id";

    static final ConnectorTable TABLE = new ConnectorTable(
            "AWS's EventBridge sink",
            "eventbridge",
            Target.EVENT_BRIDGE,
            List.of(
                    "software.amazon.event.kafkaconnector.EventBridgeSinkConnector",
                    "EventBridgeSinkConnector",
                    "EventBridgeSink"),
            Map.of(
                    CONNECTOR_ID,
                    ours("connector-id"),
                    THEIRS + "eventbus.arn",
                    ours("bus"),
                    THEIRS + "region",
                    "kafila.aws.region"),
            Stream.of(bus(), EventFields.mappings(), Offloading.mappings(), retries(), identity(), others())
                    .flatMap(List::stream)
                    .toList(),
            EventBridgeTable::changes);

    private EventBridgeTable() {}

    /** The whole name of a setting of the flow. */
    static String ours(String name) {
        return Target.EVENT_BRIDGE.setting(name);
    }

    private static List<Mapping> bus() {
        return List.of(
                same(CONNECTOR_ID, ours("connector-id")),
                same(THEIRS + "region", "kafila.aws.region"),
                same(THEIRS + "eventbus.arn", ours("bus")),
                same(THEIRS + "eventbus.global.endpoint.id", ours("endpoint-id")),
                same(Offloading.ENDPOINT, "kafila.aws.endpoint"));
    }

    private static List<Mapping> retries() {
        Mapping count = Retries.count(THEIRS + "retries.max", "2", Target.EVENT_BRIDGE);
        return List.of(
                special(
                        count.theirs(),
                        count.defaultValue(),
                        count.ours(),
                        count.note() + "; with `on-failure=stop`, as a task fails when they are used up",
                        (property, draft) -> {
                            count.rule().apply(property, draft);
                            draft.implied(ours("on-failure"), "stop", "a task whose retries are used up fails");
                        }),
                Retries.delay(THEIRS + "retries.delay", "200", Target.EVENT_BRIDGE));
    }

    private static List<Mapping> identity() {
        return List.of(
                special(
                        PROVIDER,
                        null,
                        "kafila.aws.credentials-provider",
                        "the same class, which is not configured",
                        Credentials::provider),
                special(
                        THEIRS + "iam.profile.name",
                        null,
                        "kafila.aws.profile",
                        "without a provider class and a role, as in the connector",
                        (property, draft) -> identity("kafila.aws.profile", property, draft, PROVIDER, ROLE)),
                special(
                        ROLE,
                        null,
                        "kafila.aws.role-arn",
                        "with the connector's id as `role-session-name`",
                        EventBridgeTable::role),
                special(
                        THEIRS + "iam.external.id",
                        null,
                        "kafila.aws.external-id",
                        "with a role",
                        EventBridgeTable::externalId));
    }

    private static List<Mapping> others() {
        return List.of(
                needless(
                        "tasks.max",
                        "requests of all partitions go out at the same time, and more processes share them"),
                needless(
                        "auto.offset.reset",
                        "Connect reads it as consumer.override.auto.offset.reset only; earliest is its default, as here"),
                needless("schema.history.internal.*", "is Debezium's, and a sink does nothing with it"));
    }

    private static void role(Property property, Draft draft) {
        identity("kafila.aws.role-arn", property, draft, PROVIDER);
        if (!draft.sinkText("roleArn").isEmpty() && !draft.text(CONNECTOR_ID).isEmpty()) {
            Mapping.same(CONNECTOR_ID, "kafila.aws.role-session-name")
                    .rule()
                    .apply(new Property(CONNECTOR_ID, draft.text(CONNECTOR_ID), true), draft);
        }
    }

    private static void externalId(Property property, Draft draft) {
        if (draft.text(ROLE).isEmpty()) {
            draft.needless(property, "is asked for by a role only, and there is none");
            return;
        }
        identity("kafila.aws.external-id", property, draft, PROVIDER);
        draft.changes(
                "externalId",
                "is what STS gets as the external id; there are versions of the connector that make it the session's name");
    }

    /** Whoever sets one of the others does not use it. */
    private static void identity(String setting, Property property, Draft draft, String... others) {
        for (String other : others) {
            if (!draft.text(other).isEmpty()) {
                draft.needless(property, "the connector does not look at it beside " + other);
                return;
            }
        }
        Mapping.same(property.name(), setting).rule().apply(property, draft);
    }

    private static void changes(Draft draft) {
        draft.implied(ours("header-types"), "connect", "numbers and flags are guessed of texts");
        draft.implied(ours("linger"), "0", "what is there is sent");
        draft.changes(
                "maxAttempts",
                "is the number of requests; the connector's retries came on top of those of the AWS SDK, which has as many of"
                        + " its own: " + draft.sinkText("maxAttempts") + " could be many more");
        draft.changes("retryDelay", "half of each delay is random, so that partitions do not retry in step");
        draft.changes(
                "entry errors",
                "an entry that EventBridge did not take is sent again or ends as onFailure says, and so does one that is too"
                        + " large; the connector sent none of them again, and lost them where there was no dead-letter topic");
        draft.changes("headers", "a header without a value is null; the connector failed the whole record");
        draft.changes(
                "requests",
                "carry up to 10 records and go out at the same time, up to maxInFlight; ordered: true sends those of a"
                        + " partition one after another, as the connector did");
        draft.changes(
                "validate",
                "at start the bus is looked for where that is permitted, and one that is not there stops the start: PutEvents"
                        + " takes events for it and loses them");
    }
}
