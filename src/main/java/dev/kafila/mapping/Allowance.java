package dev.kafila.mapping;

import dev.kafila.settings.MappingSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import software.amazon.awssdk.services.lambda.model.EndPointType;
import software.amazon.awssdk.services.lambda.model.EventSourceMappingConfiguration;
import software.amazon.awssdk.services.lambda.model.KafkaSchemaRegistryConfig;
import software.amazon.awssdk.services.lambda.model.SourceAccessConfiguration;
import software.amazon.awssdk.services.lambda.model.SourceAccessType;

/**
 * What an operator lets mappings name. Without it, whoever may make a mapping could have this process connect to any server, and send any
 * secret there. Thread-safe.
 */
public final class Allowance {
    private static final String PREFIX = "kafila.mapping.";
    private static final Pattern WITHOUT_TLS = Pattern.compile("(?:SASL_)?PLAINTEXT://.*");

    /** What Secrets Manager puts behind the name of a secret. */
    private static final Pattern SECRET_ARN =
            Pattern.compile("arn:[\\w-]+:secretsmanager:[\\w-]+:\\d+:secret:(.+?)(-[A-Za-z0-9]{6})?");

    private static final Map<String, List<String>> SECRET_FIELDS = Map.of(
            "BASIC_AUTH", List.of("username", "password"),
            "SASL_SCRAM_256_AUTH", List.of("username", "password"),
            "SASL_SCRAM_512_AUTH", List.of("username", "password"),
            "CLIENT_CERTIFICATE_TLS_AUTH", List.of("certificate", "key"),
            "SERVER_ROOT_CA_CERTIFICATE", List.of("certificate"));

    private final MappingSettings.Allowed allowed;
    private final Map<String, Map<String, String>> secrets = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final Globs secretArns;
    private final Globs registryArns;
    private final Globs functions;
    private final Globs destinations;

    public Allowance(MappingSettings.Allowed allowed) {
        this.allowed = allowed;
        secrets.putAll(allowed.secrets());
        secretArns = new Globs(allowed.secretArns());
        registryArns = new Globs(allowed.registries().stream()
                .filter(registry -> registry.startsWith("arn:"))
                .toList());
        functions = new Globs(allowed.functions());
        destinations = new Globs(allowed.destinations());
    }

    /** What a mapping may not name, with the setting that would allow it; empty: it may be run. */
    public Optional<String> refusal(EventSourceMappingConfiguration mapping) {
        return Stream.<Function<EventSourceMappingConfiguration, Optional<String>>>of(
                        this::ofFunction, this::ofSource, this::ofAccess, this::ofDestination, this::ofRegistry)
                .flatMap(check -> check.apply(mapping).stream())
                .findFirst();
    }

    /** The brokers of a mapping that may be run as the operator wrote them, with a protocol in front where it is not the usual one. */
    public List<String> brokers(EventSourceMappingConfiguration mapping) {
        if (mapping.eventSourceArn() != null) {
            return allowed.clusters().getOrDefault(mapping.eventSourceArn(), List.of());
        }
        return named(mapping).stream()
                .flatMap(broker -> broker(broker).stream())
                .toList();
    }

    /** The fields of the operator's own secret of this name or, as in an ARN, with this name in it; empty: it is not one of them. */
    public Optional<Map<String, String>> ownSecret(String uri) {
        return ownName(uri).map(secrets::get);
    }

    private Optional<String> ownName(String uri) {
        Stream<String> names = Stream.of(uri);
        Matcher arn = SECRET_ARN.matcher(uri);
        if (arn.matches()) {
            String suffix = arn.group(2) == null ? "" : arn.group(2);
            names = Stream.of(uri, arn.group(1) + suffix, arn.group(1));
        }
        return names.filter(secrets::containsKey).findFirst();
    }

    private Optional<String> ofFunction(EventSourceMappingConfiguration mapping) {
        String arn = mapping.functionArn();
        return functions.match(arn) || functions.match(FunctionArn.withoutQualifier(arn))
                ? Optional.empty()
                : refuse("FunctionName", "function " + arn, "functions");
    }

    private Optional<String> ofSource(EventSourceMappingConfiguration mapping) {
        String arn = mapping.eventSourceArn();
        if (arn != null) {
            return allowed.clusters().containsKey(arn)
                    ? Optional.empty()
                    : refuse("EventSourceArn", "cluster " + arn, "clusters.<name>.arn, with its .brokers");
        }
        return named(mapping).stream()
                .filter(broker -> broker(broker).isEmpty())
                .findFirst()
                .flatMap(broker -> refuse("SelfManagedEventSource", "broker " + broker, "brokers"));
    }

    private static List<String> named(EventSourceMappingConfiguration mapping) {
        return mapping.selfManagedEventSource() == null
                ? List.of()
                : mapping.selfManagedEventSource()
                        .endpoints()
                        .getOrDefault(EndPointType.KAFKA_BOOTSTRAP_SERVERS, List.of());
    }

    private Optional<String> broker(String named) {
        return allowed.brokers().stream()
                .filter(broker -> broker.substring(broker.indexOf("://") < 0 ? 0 : broker.indexOf("://") + 3)
                        .equalsIgnoreCase(named))
                .findFirst();
    }

    private Optional<String> ofAccess(EventSourceMappingConfiguration mapping) {
        for (SourceAccessConfiguration access : mapping.sourceAccessConfigurations()) {
            if (access.type() == SourceAccessType.BASIC_AUTH) {
                Optional<String> open = brokers(mapping).stream()
                        .filter(broker -> WITHOUT_TLS.matcher(broker).matches())
                        .findFirst();
                if (open.isPresent()) {
                    return Optional.of("SourceAccessConfigurations: BASIC_AUTH goes over TLS only, and " + PREFIX
                            + "brokers says that there is none at " + open.get());
                }
            }
            Optional<String> refusal = ofSecret("SourceAccessConfigurations", access.typeAsString(), access.uri());
            if (refusal.isPresent()) {
                return refusal;
            }
        }
        return Optional.empty();
    }

    private Optional<String> ofSecret(String parameter, String type, String uri) {
        List<String> fields = SECRET_FIELDS.get(type);
        if (fields == null) {
            return Optional.empty();
        }
        Optional<String> own = ownName(uri);
        if (own.isEmpty()) {
            return SECRET_ARN.matcher(uri).matches() && secretArns.match(uri)
                    ? Optional.empty()
                    : refuse(parameter, "secret " + uri, "secrets.<name>.*, or " + PREFIX + "secret-arns");
        }
        return fields.stream()
                .filter(field -> !secrets.get(own.get()).containsKey(field))
                .findFirst()
                .map(field -> parameter + ": " + type + " needs the " + field + " of the secret: set " + PREFIX
                        + "secrets." + own.get() + "." + field);
    }

    private Optional<String> ofDestination(EventSourceMappingConfiguration mapping) {
        if (mapping.destinationConfig() == null
                || mapping.destinationConfig().onFailure() == null
                || mapping.destinationConfig().onFailure().destination() == null) {
            return Optional.empty();
        }
        String destination = mapping.destinationConfig().onFailure().destination();
        return destinations.match(destination)
                ? Optional.empty()
                : refuse("DestinationConfig.OnFailure.Destination", "destination " + destination, "destinations");
    }

    private Optional<String> ofRegistry(EventSourceMappingConfiguration mapping) {
        Optional<KafkaSchemaRegistryConfig> config = SchemaRegistry.of(mapping);
        if (config.isEmpty()) {
            return Optional.empty();
        }
        String uri = config.get().schemaRegistryURI();
        if (!isAllowedRegistry(uri)) {
            return refuse("SchemaRegistryConfig.SchemaRegistryURI", "registry " + uri, "registries");
        }
        List<Optional<String>> refusals = new ArrayList<>();
        config.get().accessConfigs().forEach(access -> {
            if (!uri.toLowerCase(Locale.ROOT).startsWith("https:")) {
                refusals.add(Optional.of("SchemaRegistryConfig.AccessConfigs: " + access.typeAsString()
                        + " goes over TLS only, and the SchemaRegistryURI does not begin with https"));
            }
            refusals.add(ofSecret("SchemaRegistryConfig.AccessConfigs", access.typeAsString(), access.uri()));
        });
        return refusals.stream().flatMap(Optional::stream).findFirst();
    }

    private boolean isAllowedRegistry(String uri) {
        return uri.startsWith("arn:")
                ? registryArns.match(uri)
                : allowed.registries().stream()
                        .anyMatch(registry -> withoutSlash(registry).equals(withoutSlash(uri)));
    }

    private static String withoutSlash(String url) {
        return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    }

    private static Optional<String> refuse(String parameter, String named, String setting) {
        return Optional.of(parameter + ": the " + named
                + " is none that mappings may name here; the operator allows it by " + PREFIX + setting);
    }
}
