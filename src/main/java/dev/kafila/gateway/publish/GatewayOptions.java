package dev.kafila.gateway.publish;

import dev.kafila.aws.AwsSettings;
import dev.kafila.delivery.SinkOptions;
import dev.kafila.gateway.schema.SchemaOptions;
import dev.kafila.record.ConnectProperties;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;

/** The parameters of the kamelet {@code kafila-request-sink}. */
final class GatewayOptions extends SinkOptions {
    /** Options of Camel's Kafka endpoints that are parameters here, too. */
    private static final String[] CONNECTION = {
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
        "sslEndpointAlgorithm"
    };

    private final Duration timeout;
    private final boolean verbose;

    /** Names of parameters and their values, which may be null. */
    GatewayOptions(Map<String, ?> parameters) {
        super(parameters);
        require(!topics().isEmpty(), "topics: the topics that may be written to are missing");
        timeout = duration("requestTimeout", "10s");
        verbose = flag("verbose", false);
    }

    /** From a request's validation to the acknowledgement of its last record. Not named timeout, as Camel's kamelet endpoints have that. */
    Duration timeout() {
        return timeout;
    }

    /** Whether answers name places, unless a request says otherwise. */
    boolean verbose() {
        return verbose;
    }

    /** Most requests in one array. */
    int batchLimit() {
        return number("batchLimit", 1000, 1);
    }

    /** Zero: keys are not looked at. */
    Duration idempotencyWindow() {
        return duration("idempotencyWindow", "10m");
    }

    int idempotencyKeys() {
        return number("idempotencyKeys", 100_000, 1);
    }

    /** Where schemas come from. */
    SchemaOptions schemas(CamelContext context) {
        String directory = text("schemaDirectory", "");
        SchemaOptions.Source source = read("schemas", "glue", "glue, confluent or directory", SchemaOptions.Source::of);
        require(
                source != SchemaOptions.Source.DIRECTORY || !directory.isEmpty(),
                "schemaDirectory: is required, because schemas is directory");
        ConnectProperties properties = ConnectProperties.read(text("schemaProperties", ""), context);
        AwsSettings own = aws();
        return new SchemaOptions(
                source,
                text("schemaName", ""),
                duration("schemaRefresh", "5m"),
                text("registry", "default-registry"),
                own.equals(AwsSettings.SDK_DEFAULTS) ? AwsSettings.of(name -> properties.text("aws." + name)) : own,
                properties.under("confluent."),
                directory.isEmpty() ? null : Path.of(directory),
                read("messages", "", "topic=message separated by commas", SchemaOptions::messages),
                read("framing", "raw", "raw, glue or confluent", SchemaOptions.Framing::of));
    }

    /** How to reach the cluster, by the names of Camel's Kafka endpoints; what is missing is as Camel's component kafka has it. */
    Map<String, Object> connection() {
        Map<String, Object> connection = new TreeMap<>();
        Stream.of(CONNECTION)
                .filter(name -> !text(name, "").isEmpty())
                .forEach(name -> connection.put(name, text(name, "")));
        return connection;
    }
}
