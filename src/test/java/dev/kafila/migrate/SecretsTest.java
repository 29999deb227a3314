package dev.kafila.migrate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever a secret is and whatever form its file has, it is nowhere in what an import writes and says. */
class SecretsTest {
    private static final List<String> SECRETS = List.of(
            "aws.access.key.id",
            "aws.secret.access.key",
            "aws.credentials.provider.access.key",
            "aws.credentials.provider.secret.key",
            "aws.credentials.provider.sts.aws.secret.key.id",
            "aws.credentials.provider.mine.password",
            "aws.lambda.proxy.user",
            "aws.lambda.proxy.password",
            "confluent.license",
            "confluent.topic.sasl.jaas.config",
            "confluent.topic.ssl.key.password",
            "reporter.sasl.jaas.config",
            "reporter.producer.ssl.keystore.password",
            "reporter.admin.ssl.keystore.key",
            "consumer.override.sasl.jaas.config",
            "consumer.override.ssl.key.password",
            "consumer.override.ssl.keystore.key",
            "consumer.override.oauth.client.secret",
            "producer.override.sasl.jaas.config",
            "admin.override.sasl.jaas.config",
            "key.converter.basic.auth.user.info",
            "value.converter.schema.registry.basic.auth.user.info",
            "value.converter.bearer.auth.token",
            "value.converter.ssl.truststore.password",
            "header.converter.api.key",
            "transforms.encrypt.cipher.key",
            "transforms.encrypt.password",
            "payload.formatter.token",
            "something.unknown");

    /** Without it some secrets would be refused, which would prove little. */
    private static final Map<String, String> BESIDE = Map.of(
            "aws.access.key.id", "one",
            "aws.secret.access.key", "two",
            "aws.lambda.proxy.url", "http://proxy.example:3128",
            "aws.lambda.proxy.user", "three",
            "aws.lambda.proxy.password", "four",
            "aws.credentials.provider.class", "com.nordstrom.kafka.connect.auth.AWSUserCredentialsProvider",
            "aws.credentials.provider.access.key", "five",
            "aws.credentials.provider.secret.key", "six",
            "reporter.bootstrap.servers", "b-1.example:9092");

    @Property(tries = 150)
    void aSecretIsNowhere(
            @ForAll("secretProperties") String property,
            @ForAll("secrets") String secret,
            @ForAll boolean nordstrom,
            @ForAll boolean asProperties)
            throws IOException {
        Map<String, String> config = new HashMap<>(nordstrom ? Given.NORDSTROM : Given.CONFLUENT);
        config.putAll(BESIDE);
        config.put(property, secret);
        String file = asProperties
                ? config.entrySet().stream()
                        .map(entry -> entry.getKey() + "=" + entry.getValue().replace("\\", "\\\\") + "\n")
                        .reduce("", String::concat)
                : Given.json(Map.of("name", "orders", "config", config));

        assertThat(assertIsNowhere(secret, file)).isEqualTo(ImportCommand.UNFINISHED);
    }

    @Provide
    Arbitrary<String> secretProperties() {
        return Arbitraries.of(SECRETS);
    }

    @Provide
    Arbitrary<String> secrets() {
        return Arbitraries.strings()
                .withCharRange('!', '~')
                .ofMinLength(8)
                .ofMaxLength(40)
                // Connect itself takes that for the place of a secret.
                .filter(secret -> !secret.contains("${"));
    }

    @Example
    void anAddressWithAPasswordIsASecret() throws IOException {
        for (String property : List.of(
                "value.converter.schema.registry.url",
                "aws.lambda.proxy.url",
                "transforms.call.endpoint",
                "consumer.override.some.url")) {
            assertIsNowhere("s3cr3t-word", with(property, "http://ann:s3cr3t-word@proxy.example:3128"));
        }
    }

    @Example
    void aSecretUnderAnInnocentNameIsKnownByItsLooks() throws IOException {
        for (String secret : List.of(
                "AKIAIOSFODNN7EXAMPLE",
                "-----BEGIN PRIVATE KEY-----MIIEvQ",
                "org.example.ScramLoginModule required username=\"ann\" password=\"s3cr3t\";",
                "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhIn0.c2ln")) {
            assertIsNowhere(secret, with("transforms.call.with", secret));
        }
    }

    @Example
    void aFileThatIsNotJsonIsNotQuoted() throws IOException {
        assertIsNowhere("s3cr3t-word", "{\"aws.secret.access.key\": s3cr3t-word}");
        assertIsNowhere("s3cr3t-word", "{\"aws.secret.access.key\": \"s3cr3t-word}");
    }

    @Example
    void whereASecretComesFromIsSaid() throws IOException {
        String reference = "${file:/opt/connect/registry.properties:login}";
        Imported imported = Imported.run(
                Files.createTempDirectory("import"), with("value.converter.basic.auth.user.info", reference), "-");

        assertThat(imported.report())
                .contains("value.converter.basic.auth.user.info = " + reference)
                .contains("CONNECT_ORDERS_VALUE_CONVERTER_BASIC_AUTH_USER_INFO");
        imported.delete();
    }

    private static String with(String property, String value) {
        Map<String, String> config = new HashMap<>(Given.CONFLUENT);
        config.put(property, value);
        return Given.json(Map.of("name", "orders", "config", config));
    }

    /** The status of the import, which has to be looked at where a refusal would prove little. */
    private static int assertIsNowhere(String secret, String file) throws IOException {
        Imported imported = Imported.run(Files.createTempDirectory("import"), file, "-");
        assertThat(imported.everything()).doesNotContain(secret);
        imported.delete();
        return imported.status();
    }
}
