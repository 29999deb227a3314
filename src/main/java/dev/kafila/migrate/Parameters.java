package dev.kafila.migrate;

import java.util.List;
import org.apache.camel.util.StringHelper;

/** The parameters of the kamelets that settings are called by in a route of one's own, in the order they are written. */
final class Parameters {
    static final List<String> SOURCE = List.of(
            "topics",
            "topicIsPattern",
            "group",
            "brokers",
            "securityProtocol",
            "saslMechanism",
            "saslJaasConfig",
            "sslTruststoreLocation",
            "sslTruststorePassword",
            "sslTruststoreType",
            "sslKeystoreLocation",
            "sslKeystorePassword",
            "sslKeystoreType",
            "sslKeyPassword",
            "sslEndpointAlgorithm",
            "batchSize",
            "linger",
            "maxInFlight",
            "startingPosition",
            "onFailure");

    static final List<String> LAMBDA_SINK = List.of(
            "function",
            "region",
            "endpoint",
            "accessKeyId",
            "secretAccessKey",
            "credentialsProvider",
            "roleArn",
            "roleSessionName",
            "externalId",
            "proxy",
            "proxyUser",
            "proxyPassword",
            "invocationType",
            "callTimeout",
            "format",
            "schemaVisibilityKey",
            "schemaVisibilityValue",
            "batch",
            "keyConverter",
            "valueConverter",
            "headerConverter",
            "connectProperties",
            "maxInFlight",
            "maxAttempts",
            "retryDelay",
            "retryBackoff",
            "retryDelayMax",
            "retryStatus",
            "onFailure",
            "responseTopic",
            "responseTopicPartitions",
            "responseTopicReplication",
            "errorTopic",
            "errorTopicPartitions",
            "errorTopicReplication",
            "reporterBrokers");

    static final List<String> EVENT_BRIDGE_SINK = List.of(
            "bus",
            "endpointId",
            "connectorId",
            "region",
            "endpoint",
            "credentialsProvider",
            "profile",
            "roleArn",
            "roleSessionName",
            "externalId",
            "detailType",
            "resources",
            "time",
            "headerTypes",
            "offloadBucket",
            "offloadWhen",
            "offloadPath",
            "keyConverter",
            "valueConverter",
            "headerConverter",
            "connectProperties",
            "maxAttempts",
            "retryDelay",
            "retryBackoff",
            "retryDelayMax",
            "onFailure");

    private Parameters() {}

    /** What a setting is called as a parameter. */
    static String name(String setting) {
        String suffix = suffix(setting);
        // Camel's kamelet endpoints have an option of that name themselves.
        return suffix.equals("timeout") ? "callTimeout" : StringHelper.dashToCamelCase(suffix.replace('.', '-'));
    }

    /** A setting without the prefix that says for whom it is. */
    static String suffix(String setting) {
        return setting.replaceFirst("^kafila\\.(lambda|eventbridge|aws|kafka)\\.", "");
    }
}
