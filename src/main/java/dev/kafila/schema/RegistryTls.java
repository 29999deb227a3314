package dev.kafila.schema;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLContext;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.SslConfigs;
import org.apache.kafka.common.security.ssl.DefaultSslEngineFactory;

/** TLS to a registry from the options that begin with {@code schema.registry.ssl.}: Kafka's names and Kafka's meaning, PEM included. */
final class RegistryTls {
    private static final String PREFIX = "schema.registry.";
    private static final Set<String> STORES = Set.of(
            "ssl.truststore.location", "ssl.truststore.certificates", "ssl.keystore.location", "ssl.keystore.key");

    private RegistryTls() {}

    /** Empty: the JDK's own trust. Throws {@link IllegalArgumentException} if a store cannot be read. */
    static Optional<SSLContext> contextOf(ConverterOptions options) {
        Map<String, String> given = options.under(PREFIX);
        if (given.containsKey(SslConfigs.SSL_ENDPOINT_IDENTIFICATION_ALGORITHM_CONFIG)
                && given.get(SslConfigs.SSL_ENDPOINT_IDENTIFICATION_ALGORITHM_CONFIG)
                        .isEmpty()) {
            throw new IllegalArgumentException(PREFIX + SslConfigs.SSL_ENDPOINT_IDENTIFICATION_ALGORITHM_CONFIG
                    + ": the name in the registry's certificate is always checked");
        }
        if (STORES.stream().noneMatch(given::containsKey)) {
            return Optional.empty();
        }
        ConfigDef names = new ConfigDef();
        SslConfigs.addClientSslSupport(names);
        Map<String, Object> parsed = new HashMap<>();
        try (DefaultSslEngineFactory factory = new DefaultSslEngineFactory()) {
            names.parse(given).forEach(parsed::put);
            factory.configure(parsed);
            return Optional.of(factory.sslContext());
        } catch (KafkaException e) {
            throw new IllegalArgumentException(PREFIX + "ssl.*: " + e.getMessage(), e);
        }
    }
}
