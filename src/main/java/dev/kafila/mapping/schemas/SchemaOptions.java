package dev.kafila.mapping.schemas;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.kafila.aws.AwsSettings;
import dev.kafila.mapping.SchemaRegistry;
import dev.kafila.schema.SchemaConverters;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import software.amazon.awssdk.services.lambda.model.EventSourceMappingConfiguration;
import software.amazon.awssdk.services.lambda.model.KafkaSchemaRegistryAccessConfig;
import software.amazon.awssdk.services.lambda.model.KafkaSchemaRegistryConfig;
import software.amazon.awssdk.services.lambda.model.KafkaSchemaValidationAttribute;

/**
 * How the records of a mapping are read: the parameters of {@code lambda.LambdaDelivery} for its schema registry. They hold secrets; made
 * again after a secret was changed they differ, and whoever runs the mapping starts it anew.
 */
public final class SchemaOptions {
    private static final String ARN = "arn:";
    private static final int ARN_REGION = 3;
    private static final String AS_THEY_ARE = "bytes";
    private static final String TLS = "schema.registry.ssl.";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final KafkaSchemaRegistryConfig config;
    private final Function<String, Map<String, String>> secrets;

    private final AwsSettings aws;

    private SchemaOptions(
            KafkaSchemaRegistryConfig config, AwsSettings aws, Function<String, Map<String, String>> secrets) {
        this.config = config;
        this.aws = aws;
        this.secrets = secrets;
    }

    /**
     * Makes the parameters {@code keyConverter}, {@code valueConverter} and {@code headerConverter}, and for a mapping with a registry
     * {@code connectProperties}. What no registry is to be asked about is carried as it is, and a filter reads it as JSON or text.
     *
     * @param mapping as it was taken when it was made
     * @param aws     how AWS Glue is reached, but for the region, which is that of the registry's ARN
     * @param secrets fields of a secret, such as {@code username} and {@code certificate}, by its URI
     * @throws IllegalArgumentException if a secret lacks a field, with both their names
     */
    public static Map<String, String> of(
            EventSourceMappingConfiguration mapping, AwsSettings aws, Function<String, Map<String, String>> secrets) {
        Map<String, String> options = new HashMap<>();
        options.put("keyConverter", AS_THEY_ARE);
        options.put("valueConverter", AS_THEY_ARE);
        options.put("headerConverter", AS_THEY_ARE);
        SchemaRegistry.of(mapping).ifPresent(config -> new SchemaOptions(config, aws, secrets).putInto(options));
        return options;
    }

    private void putInto(Map<String, String> options) {
        boolean glue = config.schemaRegistryURI().startsWith(ARN);
        Map<String, String> registry = registry(glue);
        Map<String, String> properties = new TreeMap<>();
        config.schemaValidationConfigs().forEach(validated -> {
            boolean key = validated.attribute() == KafkaSchemaValidationAttribute.KEY;
            options.put(
                    key ? "keyConverter" : "valueConverter",
                    glue ? SchemaConverters.GLUE_REGISTRY : SchemaConverters.CONFLUENT_REGISTRY);
            String prefix = key ? "key-converter." : "value-converter.";
            registry.forEach((name, value) -> properties.put(prefix + name, value));
        });
        if (glue) {
            aws.named().forEach((name, value) -> properties.put("aws." + name, value));
        }
        try {
            options.put("connectProperties", JSON.writeValueAsString(properties));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private Map<String, String> registry(boolean glue) {
        Map<String, String> registry = new TreeMap<>();
        registry.put(SchemaConverters.EVENT_RECORD_FORMAT, config.eventRecordFormatAsString());
        if (glue) {
            registry.put("region", config.schemaRegistryURI().split(":", -1)[ARN_REGION]);
        } else {
            registry.put("schema.registry.url", config.schemaRegistryURI());
        }
        config.accessConfigs().forEach(access -> putAccess(access, registry));
        return registry;
    }

    private void putAccess(KafkaSchemaRegistryAccessConfig access, Map<String, String> registry) {
        Map<String, String> secret = secrets.apply(access.uri());
        switch (access.type()) {
            case BASIC_AUTH -> {
                registry.put("basic.auth.credentials.source", "USER_INFO");
                registry.put(
                        "basic.auth.user.info",
                        field(access, secret, "username") + ":" + field(access, secret, "password"));
            }
            case CLIENT_CERTIFICATE_TLS_AUTH -> {
                registry.put(TLS + "keystore.type", "PEM");
                registry.put(TLS + "keystore.certificate.chain", field(access, secret, "certificate"));
                registry.put(TLS + "keystore.key", field(access, secret, "key"));
                if (secret.containsKey("passphrase")) {
                    registry.put(TLS + "key.password", secret.get("passphrase"));
                }
            }
            case SERVER_ROOT_CA_CERTIFICATE -> {
                registry.put(TLS + "truststore.type", "PEM");
                registry.put(TLS + "truststore.certificates", field(access, secret, "certificate"));
            }
            default -> throw new IllegalArgumentException("Unknown access to a registry: " + access.typeAsString());
        }
    }

    private static String field(KafkaSchemaRegistryAccessConfig access, Map<String, String> secret, String name) {
        String value = secret.get(name);
        if (value == null) {
            throw new IllegalArgumentException(
                    access.typeAsString() + " needs the " + name + " of the secret " + access.uri());
        }
        return value;
    }
}
