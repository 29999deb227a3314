package dev.kafila.mapping.api;

import dev.kafila.mapping.SchemaRegistry;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.lambda.model.EventSourceMappingConfiguration;
import software.amazon.awssdk.services.lambda.model.KafkaSchemaRegistryConfig;
import software.amazon.awssdk.services.lambda.model.KafkaSchemaValidationAttribute;
import software.amazon.awssdk.services.lambda.model.SchemaRegistryEventRecordFormat;

/**
 * What a mapping may say about a schema registry.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/api/API_KafkaSchemaRegistryConfig.html">KafkaSchemaRegistryConfig</a>
 */
final class RegistryRules {
    private static final String PARAMETER = "SchemaRegistryConfig";

    /** Without a user: who reads the mapping would read the password. */
    private static final Pattern URL = Pattern.compile("https?://[a-zA-Z0-9.\\[\\]:_-]{1,300}(?:/[\\w./~%-]{0,500})?");

    private static final Pattern GLUE =
            Pattern.compile("arn:aws[\\w-]*:glue:[a-z0-9-]+:\\d{11,12}:registry/[a-zA-Z0-9-_$#.]{1,255}");

    private static final Set<String> WHO_IT_IS = Set.of("BASIC_AUTH", "CLIENT_CERTIFICATE_TLS_AUTH");
    private static final Set<String> WHO_THE_SERVER_IS = Set.of("SERVER_ROOT_CA_CERTIFICATE");

    private RegistryRules() {}

    static void check(EventSourceMappingConfiguration mapping, Problems problems) {
        SchemaRegistry.of(mapping).ifPresent(config -> check(config, problems));
    }

    private static void check(KafkaSchemaRegistryConfig config, Problems problems) {
        String uri = String.valueOf(config.schemaRegistryURI());
        boolean glue = GLUE.matcher(uri).matches();
        problems.require(
                glue || URL.matcher(uri).matches(),
                PARAMETER + ".SchemaRegistryURI",
                "must be the ARN of a registry of Glue, or a URL of http or https without a user");
        problems.require(
                config.eventRecordFormat() != null
                        && config.eventRecordFormat() != SchemaRegistryEventRecordFormat.UNKNOWN_TO_SDK_VERSION,
                PARAMETER + ".EventRecordFormat",
                "must be JSON or SOURCE");
        validation(config, problems);
        access(config, glue, problems);
    }

    private static void validation(KafkaSchemaRegistryConfig config, Problems problems) {
        List<KafkaSchemaValidationAttribute> attributes = config.schemaValidationConfigs().stream()
                .map(validation -> validation.attribute() == null
                        ? KafkaSchemaValidationAttribute.UNKNOWN_TO_SDK_VERSION
                        : validation.attribute())
                .toList();
        problems.require(
                !attributes.contains(KafkaSchemaValidationAttribute.UNKNOWN_TO_SDK_VERSION)
                        && attributes.stream().distinct().count() == attributes.size(),
                PARAMETER + ".SchemaValidationConfigs",
                "an Attribute must be KEY or VALUE, each at most once");
    }

    private static void access(KafkaSchemaRegistryConfig config, boolean glue, Problems problems) {
        String parameter = PARAMETER + ".AccessConfigs";
        List<String> types = config.accessConfigs().stream()
                .map(access -> String.valueOf(access.typeAsString()))
                .toList();
        problems.require(types.isEmpty() || !glue, parameter, "a registry of Glue is asked with AWS's own credentials");
        for (String type : types) {
            problems.require(
                    WHO_IT_IS.contains(type) || WHO_THE_SERVER_IS.contains(type),
                    parameter,
                    "Type " + type + " is none of a schema registry");
        }
        SourceRules.requireOneAtMost(parameter, types, WHO_IT_IS, problems);
        SourceRules.requireOneAtMost(parameter, types, WHO_THE_SERVER_IS, problems);
        config.accessConfigs().forEach(access -> SourceRules.requireUri(parameter, access.uri(), problems));
    }
}
