package dev.kafila.mapping.poll;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.config.SslConfigs;
import org.apache.kafka.common.security.auth.SecurityProtocol;
import org.apache.kafka.common.security.plain.PlainLoginModule;
import org.apache.kafka.common.security.scram.ScramLoginModule;
import software.amazon.awssdk.services.lambda.model.SourceAccessConfiguration;

/** Says in the properties of a Kafka client how a mapping gets to its brokers, and how it logs in there. */
final class SourceSecurity {
    private static final String PEM = "PEM";

    private final Function<String, Secret> secrets;
    private final Map<String, String> properties = new HashMap<>();

    private SourceSecurity(Function<String, Secret> secrets) {
        this.secrets = secrets;
    }

    /**
     * The properties for these brokers.
     *
     * @param brokers as the operator wrote them, with a protocol in front where it is not the usual one
     * @throws SourceException if they do not fit together, or a secret does not hold what it has to
     */
    static Map<String, String> properties(
            List<String> brokers, List<SourceAccessConfiguration> access, Function<String, Secret> secrets) {
        SourceSecurity security = new SourceSecurity(secrets);
        access.forEach(security::add);
        String protocol = security.protocol(given(brokers)).name;
        security.properties.put(CommonClientConfigs.SECURITY_PROTOCOL_CONFIG, protocol);
        return security.properties;
    }

    /** Without the protocols that the operator wrote in front of them. */
    static String addresses(List<String> brokers) {
        return brokers.stream()
                .map(broker -> broker.substring(broker.indexOf("://") < 0 ? 0 : broker.indexOf("://") + 3))
                .collect(Collectors.joining(","));
    }

    private void add(SourceAccessConfiguration access) {
        switch (access.type()) {
            case BASIC_AUTH -> sasl("PLAIN", PlainLoginModule.class, access);
            case SASL_SCRAM_256_AUTH -> sasl("SCRAM-SHA-256", ScramLoginModule.class, access);
            case SASL_SCRAM_512_AUTH -> sasl("SCRAM-SHA-512", ScramLoginModule.class, access);
            case CLIENT_CERTIFICATE_TLS_AUTH -> key(secrets.apply(access.uri()));
            case SERVER_ROOT_CA_CERTIFICATE -> {
                put(SslConfigs.SSL_TRUSTSTORE_TYPE_CONFIG, PEM);
                put(
                        SslConfigs.SSL_TRUSTSTORE_CERTIFICATES_CONFIG,
                        secrets.apply(access.uri()).require("certificate"));
            }
            // Networks are the operator's here.
            case VPC_SUBNET, VPC_SECURITY_GROUP -> {}
            default ->
                throw new SourceException(
                        Problem.configuration(access.typeAsString() + " is not for a Kafka cluster."));
        }
    }

    private void sasl(String mechanism, Class<?> module, SourceAccessConfiguration access) {
        Secret secret = secrets.apply(access.uri());
        put(SaslConfigs.SASL_MECHANISM, mechanism);
        put(
                SaslConfigs.SASL_JAAS_CONFIG,
                "%s required username=%s password=%s;"
                        .formatted(
                                module.getName(),
                                quoted(secret.require("username")),
                                quoted(secret.require("password"))));
    }

    /** As the parser of Kafka reads it, which is {@link java.io.StreamTokenizer}: a line's end would end the text. */
    static String quoted(String text) {
        return '"'
                + text.replace("\\", "\\\\")
                        .replace("\"", "\\\"")
                        .replace("\n", "\\n")
                        .replace("\r", "\\r")
                + '"';
    }

    private void key(Secret secret) {
        put(SslConfigs.SSL_KEYSTORE_TYPE_CONFIG, PEM);
        put(SslConfigs.SSL_KEYSTORE_CERTIFICATE_CHAIN_CONFIG, secret.require("certificate"));
        put(SslConfigs.SSL_KEYSTORE_KEY_CONFIG, secret.require("key"));
    }

    private void put(String property, String value) {
        if (properties.put(property, value) != null) {
            throw new SourceException(Problem.configuration(
                    "SourceAccessConfigurations has more than one of a kind (" + property + ")."));
        }
    }

    /** @param given by the operator; null: he leaves it to the mapping */
    private SecurityProtocol protocol(SecurityProtocol given) {
        String mechanism = properties.get(SaslConfigs.SASL_MECHANISM);
        boolean certificates = properties.keySet().stream().anyMatch(property -> property.startsWith("ssl."));
        SecurityProtocol usual = mechanism != null
                ? SecurityProtocol.SASL_SSL
                : certificates ? SecurityProtocol.SSL : SecurityProtocol.PLAINTEXT;
        if (given == null || given == usual) {
            return usual;
        }
        boolean fits =
                switch (given) {
                    // A password that is sent as it is goes over TLS only.
                    case SASL_PLAINTEXT -> mechanism != null && !mechanism.equals("PLAIN") && !certificates;
                    case SSL -> mechanism == null;
                    case PLAINTEXT, SASL_SSL -> false;
                };
        if (!fits) {
            throw new SourceException(Problem.configuration(
                    "SourceAccessConfigurations do not fit the brokers, which speak " + given + "."));
        }
        return given;
    }

    private static SecurityProtocol given(List<String> brokers) {
        List<String> given = brokers.stream()
                .map(broker -> broker.substring(0, Math.max(0, broker.indexOf("://"))))
                .distinct()
                .toList();
        if (given.size() != 1) {
            throw new SourceException(Problem.configuration(
                    given.isEmpty()
                            ? "It names no brokers."
                            : "Its brokers speak different protocols: " + String.join(", ", given) + "."));
        }
        try {
            return given.get(0).isEmpty() ? null : SecurityProtocol.forName(given.get(0));
        } catch (IllegalArgumentException e) {
            throw new SourceException(
                    Problem.configuration("Its brokers speak " + given.get(0) + ", which Kafka does not know."));
        }
    }
}
