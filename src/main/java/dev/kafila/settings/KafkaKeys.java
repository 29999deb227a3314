package dev.kafila.settings;

import java.util.List;
import java.util.stream.Stream;

/** The settings of the cluster. What is not named here reaches the Kafka client through {@code kafila.kafka.properties.*}. */
final class KafkaKeys {

    static final String PREFIX = "kafila.kafka.";
    static final String PROPERTIES = PREFIX + "properties.";

    private static final ValueType<String> STORE_TYPE = Types.choice("JKS", "PKCS12", "PEM");

    private KafkaKeys() {}

    static Stream<Key> all() {
        return Stream.of(connection(), tls(), List.of(family())).flatMap(List::stream);
    }

    private static List<Key> connection() {
        return List.of(
                key("brokers", Types.BROKERS, "localhost:9092", "The cluster's first contacts"),
                key(
                        "security-protocol",
                        Types.choice("PLAINTEXT", "SSL", "SASL_PLAINTEXT", "SASL_SSL"),
                        "PLAINTEXT",
                        "`PLAINTEXT`, `SSL`, `SASL_PLAINTEXT` or `SASL_SSL`"),
                key(
                        "sasl-mechanism",
                        Types.TEXT,
                        "",
                        "Such as `PLAIN`, `SCRAM-SHA-512`, `OAUTHBEARER`; `AWS_MSK_IAM` logs in with the credentials of `kafila.aws.*`"),
                key(
                                "sasl-jaas-config",
                                Types.TEXT,
                                "",
                                "The login module and its options; not needed for `AWS_MSK_IAM`")
                        .asSecret());
    }

    private static List<Key> tls() {
        return List.of(
                key("ssl-truststore-location", Types.TEXT, "", "Whom to trust; unset: whom the JDK trusts"),
                key("ssl-truststore-password", Types.TEXT, "", "Of the trust store")
                        .asSecret(),
                key("ssl-truststore-type", STORE_TYPE, "", "`JKS` unless set, or `PKCS12`, `PEM`"),
                key("ssl-keystore-location", Types.TEXT, "", "The client's own key and certificate"),
                key("ssl-keystore-password", Types.TEXT, "", "Of the key store").asSecret(),
                key("ssl-keystore-type", STORE_TYPE, "", "`JKS` unless set, or `PKCS12`, `PEM`"),
                key("ssl-key-password", Types.TEXT, "", "Of the key inside the key store")
                        .asSecret(),
                key("ssl-endpoint-algorithm", Types.choice("https", "none"), "", "`none`: names are not verified"),
                key("ssl-enabled-protocols", Types.TEXT, "", "Separated by commas, such as `TLSv1.3,TLSv1.2`"),
                key("ssl-protocol", Types.TEXT, "", "Such as `TLSv1.3`; unset: what Camel chooses"),
                key("ssl-provider", Types.TEXT, "", "Of the JVM's security providers"),
                key("ssl-cipher-suites", Types.TEXT, "", "Separated by commas; unset: all that the JVM has"),
                key("ssl-keymanager-algorithm", Types.TEXT, "", "Unset: `SunX509`"),
                key("ssl-trustmanager-algorithm", Types.TEXT, "", "Unset: `PKIX`"));
    }

    private static Key family() {
        return key(
                        "properties.*",
                        Types.TEXT,
                        "",
                        "Any other property of the Kafka client, as Kafka names it: `kafila.kafka.properties.fetch.min.bytes`;"
                                + " in the environment `_` stands for `.`")
                .asSecret();
    }

    private static Key key(String name, ValueType<?> type, String defaultValue, String meaning) {
        return Key.of(PREFIX + name, type, defaultValue, meaning);
    }
}
