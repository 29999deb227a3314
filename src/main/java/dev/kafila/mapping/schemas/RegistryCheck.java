package dev.kafila.mapping.schemas;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.lambda.model.KafkaSchemaRegistryAccessConfig;
import software.amazon.awssdk.services.lambda.model.KafkaSchemaRegistryAuthType;
import software.amazon.awssdk.services.lambda.model.KafkaSchemaRegistryConfig;
import software.amazon.awssdk.services.lambda.model.KafkaSchemaValidationAttribute;
import software.amazon.awssdk.services.lambda.model.KafkaSchemaValidationConfig;
import software.amazon.awssdk.services.lambda.model.SchemaRegistryEventRecordFormat;

/** Refuses a schema registry that no mapping could be run with, when the mapping is made. */
public final class RegistryCheck {
    private static final String NAME = "SchemaRegistryConfig.";
    /** Accounts have twelve digits, but for those of AWS's own examples. */
    private static final Pattern GLUE =
            Pattern.compile("arn:aws[\\w-]*:glue:[a-z0-9-]+:\\d{11,12}:registry/[\\w.$#-]{1,255}");

    private static final Set<String> SCHEMES = Set.of("http", "https");

    /** As AWS. */
    private static final int MOST = 2;

    private RegistryCheck() {}

    /** Throws {@link IllegalArgumentException} with the member that is not right, and why. Whether it is allowed is not asked here. */
    public static void check(KafkaSchemaRegistryConfig config) {
        boolean glue = checkUri(config.schemaRegistryURI());
        require(
                SchemaRegistryEventRecordFormat.knownValues().contains(config.eventRecordFormat()),
                "EventRecordFormat is neither JSON nor SOURCE");
        List<KafkaSchemaValidationAttribute> attributes = config.schemaValidationConfigs().stream()
                .map(KafkaSchemaValidationConfig::attribute)
                .toList();
        require(
                !attributes.isEmpty(),
                "SchemaValidationConfigs is missing: without the attribute KEY or VALUE the registry is never asked");
        requireEach("SchemaValidationConfigs", attributes, KafkaSchemaValidationAttribute.knownValues());
        require(
                !glue || config.accessConfigs().isEmpty(),
                "AccessConfigs: AWS Glue is asked with the credentials of the mappings, and takes no others");
        requireEach(
                "AccessConfigs",
                config.accessConfigs().stream()
                        .map(KafkaSchemaRegistryAccessConfig::type)
                        .toList(),
                KafkaSchemaRegistryAuthType.knownValues());
        require(
                config.accessConfigs().stream()
                        .map(KafkaSchemaRegistryAccessConfig::uri)
                        .noneMatch(uri -> uri == null || uri.isEmpty()),
                "AccessConfigs: a URI is missing");
    }

    /** Whether it is AWS Glue's. */
    private static boolean checkUri(String uri) {
        require(uri != null && !uri.isEmpty(), "SchemaRegistryURI is missing");
        if (uri.startsWith("arn:")) {
            require(GLUE.matcher(uri).matches(), "SchemaRegistryURI is not the ARN of a registry of AWS Glue");
            return true;
        }
        require(isUrl(uri), "SchemaRegistryURI is neither the ARN of a registry of AWS Glue nor a URL with a host");
        return false;
    }

    private static boolean isUrl(String text) {
        try {
            URI uri = new URI(text);
            return uri.getHost() != null
                    && SCHEMES.contains(uri.getScheme())
                    && uri.getRawUserInfo() == null
                    && uri.getRawQuery() == null
                    && uri.getRawFragment() == null;
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private static <T> void requireEach(String member, List<T> values, Set<T> known) {
        require(values.size() <= MOST, member + " has more than " + MOST + " elements");
        require(known.containsAll(values), member + " names something that is not one of " + known);
        require(Set.copyOf(values).size() == values.size(), member + " names the same twice");
    }

    private static void require(boolean condition, String problem) {
        if (!condition) {
            throw new IllegalArgumentException(NAME + problem);
        }
    }
}
