package dev.kafila.mapping.api;

import dev.kafila.mapping.MappingIdentity;
import dev.kafila.mapping.SchemaRegistry;
import dev.kafila.mapping.schemas.RegistryCheck;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.lambda.model.EndPointType;
import software.amazon.awssdk.services.lambda.model.EventSourceMappingConfiguration;
import software.amazon.awssdk.services.lambda.model.EventSourcePosition;
import software.amazon.awssdk.services.lambda.model.SourceAccessConfiguration;

/**
 * What a mapping may say about where its records come from.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/api/API_CreateEventSourceMapping.html">CreateEventSourceMapping</a>
 */
final class SourceRules {
    static final Pattern TOPIC = Pattern.compile("(?!\\.{1,2}$)[a-zA-Z0-9._-]{1,249}");

    private static final Pattern CLUSTER =
            Pattern.compile("arn:aws[\\w-]*:kafka:[a-z0-9-]+:\\d{11,12}:(?:cluster|vpc-connection)/[\\w/-]{1,300}");
    private static final Pattern BROKER =
            Pattern.compile("(?:[a-zA-Z0-9._-]{1,253}|\\[[0-9a-fA-F:.]{2,45}]):(\\d{1,5})");
    private static final Pattern GROUP = Pattern.compile("[a-zA-Z0-9/*:_+=.@-]{1,200}");
    private static final Pattern URI = Pattern.compile("[a-zA-Z0-9/*:_+=.@-]{1,200}");

    private static final Set<String> WHO_IT_IS =
            Set.of("BASIC_AUTH", "SASL_SCRAM_256_AUTH", "SASL_SCRAM_512_AUTH", "CLIENT_CERTIFICATE_TLS_AUTH");
    private static final Set<String> WHO_THE_SERVER_IS = Set.of("SERVER_ROOT_CA_CERTIFICATE");
    private static final Set<String> WHERE_IT_IS = Set.of("VPC_SUBNET", "VPC_SECURITY_GROUP");

    private static final int MAX_BROKERS = 10;
    private static final int MAX_PORT = 65_535;
    private static final int MAX_ACCESSES = 22;

    private final EventSourceMappingConfiguration mapping;
    private final Problems problems;

    SourceRules(EventSourceMappingConfiguration mapping, Problems problems) {
        this.mapping = mapping;
        this.problems = problems;
    }

    void check() {
        topics();
        source();
        startingPosition();
        problems.require(
                GROUP.matcher(MappingIdentity.group(mapping)).matches(),
                "ConsumerGroupId",
                "must be 1 to 200 of a-z A-Z 0-9 / * : _ + = . @ -");
        access();
        registry();
    }

    private void topics() {
        if (mapping.topics().size() != 1) {
            problems.add("Topics", "exactly one is needed");
            return;
        }
        problems.require(
                TOPIC.matcher(mapping.topics().get(0)).matches(),
                "Topics",
                "a topic's name is of a-z A-Z 0-9 . _ -, and has at most 249 of them");
    }

    private void source() {
        boolean managed = mapping.eventSourceArn() != null;
        if (managed == (mapping.selfManagedEventSource() != null)) {
            problems.add("SelfManagedEventSource", "one of it and EventSourceArn is needed, and not both");
            return;
        }
        problems.require(
                managed == (mapping.selfManagedKafkaEventSourceConfig() == null),
                "SelfManagedKafkaEventSourceConfig",
                "is for a SelfManagedEventSource");
        problems.require(
                managed == (mapping.amazonManagedKafkaEventSourceConfig() != null),
                "AmazonManagedKafkaEventSourceConfig",
                "is for an EventSourceArn of Amazon MSK");
        if (managed) {
            problems.require(
                    CLUSTER.matcher(mapping.eventSourceArn()).matches(),
                    "EventSourceArn",
                    "must be the ARN of a cluster of Amazon MSK; other sources are not served here");
        } else {
            endpoints(mapping.selfManagedEventSource().endpointsAsStrings());
        }
    }

    private void endpoints(Map<String, List<String>> endpoints) {
        String parameter = "SelfManagedEventSource.Endpoints";
        problems.require(
                endpoints.keySet().equals(Set.of(EndPointType.KAFKA_BOOTSTRAP_SERVERS.toString())),
                parameter,
                "must be KAFKA_BOOTSTRAP_SERVERS");
        List<String> brokers = endpoints.values().stream().flatMap(List::stream).toList();
        problems.require(
                !brokers.isEmpty() && brokers.size() <= MAX_BROKERS,
                parameter,
                "1 to " + MAX_BROKERS + " brokers are needed");
        problems.require(brokers.stream().allMatch(SourceRules::isBroker), parameter, "a broker is written host:port");
    }

    private static boolean isBroker(String text) {
        var broker = BROKER.matcher(text);
        return broker.matches()
                && Integer.parseInt(broker.group(1)) <= MAX_PORT
                && Integer.parseInt(broker.group(1)) > 0;
    }

    private void startingPosition() {
        boolean known = mapping.startingPosition() != EventSourcePosition.UNKNOWN_TO_SDK_VERSION;
        problems.require(known, "StartingPosition", "must be TRIM_HORIZON, LATEST or AT_TIMESTAMP");
        boolean timed = mapping.startingPosition() == EventSourcePosition.AT_TIMESTAMP;
        problems.require(
                timed == (mapping.startingPositionTimestamp() != null),
                "StartingPositionTimestamp",
                timed ? "is needed with AT_TIMESTAMP" : "is for the StartingPosition AT_TIMESTAMP");
    }

    private void access() {
        List<SourceAccessConfiguration> accesses = mapping.sourceAccessConfigurations();
        String parameter = "SourceAccessConfigurations";
        problems.require(accesses.size() <= MAX_ACCESSES, parameter, "at most " + MAX_ACCESSES + " are taken");
        List<String> types = accesses.stream()
                .map(access -> String.valueOf(access.typeAsString()))
                .toList();
        for (String type : types) {
            problems.require(
                    WHO_IT_IS.contains(type) || WHO_THE_SERVER_IS.contains(type) || WHERE_IT_IS.contains(type),
                    parameter,
                    "Type " + type + " is none of a source of Kafka");
        }
        requireOneAtMost(parameter, types, WHO_IT_IS);
        requireOneAtMost(parameter, types, WHO_THE_SERVER_IS);
        problems.require(
                accesses.stream()
                        .allMatch(access -> access.uri() != null
                                && URI.matcher(access.uri()).matches()),
                parameter,
                "a URI is needed, of 1 to 200 of a-z A-Z 0-9 / * : _ + = . @ -");
    }

    private void requireOneAtMost(String parameter, List<String> types, Set<String> exclusive) {
        List<String> given = types.stream().filter(exclusive::contains).toList();
        problems.require(given.size() <= 1, parameter, "only one may be given of " + String.join(", ", given));
    }

    private void registry() {
        try {
            SchemaRegistry.of(mapping).ifPresent(RegistryCheck::check);
        } catch (IllegalArgumentException e) {
            problems.add(e.getMessage());
        }
    }
}
