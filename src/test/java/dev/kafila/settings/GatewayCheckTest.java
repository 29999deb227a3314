package dev.kafila.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GatewayCheckTest {
    private static final String P = "kafila.gateway.";

    private static Given gateway() {
        return Given.nothing().file(P + "topics", "orders, returns");
    }

    @Test
    void requestsNeedTopicsAndListenOnLoopback() {
        GatewaySettings settings = gateway().load().gateway();

        assertThat(settings.topics()).containsExactly("orders", "returns");
        assertThat(settings.serves()).isTrue();
        assertThat(settings.http().host()).isEqualTo("127.0.0.1");
        assertThat(settings.http().port()).isEqualTo(8080);
        assertThat(settings.http().maxBodyBytes()).isEqualTo(1 << 20);
    }

    @Test
    void withoutTopicsNothingListens() {
        assertThat(Given.nothing().load().gateway().serves()).isFalse();
    }

    @Test
    void requestsMayComeByOtherRoutesAlone() {
        GatewaySettings settings = gateway().file(P + "http", "false").load().gateway();

        assertThat(settings.enabled()).isTrue();
        assertThat(settings.serves()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "topics|/orders-.*/|topic names separated by commas",
                "topics|..|topic names separated by commas",
                "port|70000|from 0 to 65535",
                "timeout|10|a duration",
                "max-in-flight|0|from 1 to 100000",
                "max-body-bytes|2 GiB|a size",
                "schemas|apicurio|one of glue, confluent, directory",
                "schemas|confluent|kafila.gateway.confluent.schema.registry.url: is required",
                "schemas|directory|kafila.gateway.schema-directory (default): is required",
                "schema-directory|/nowhere/at/all|must be a directory that exists",
                "schema-name|../${topic}|a name with ${topic} in it",
                "framing|avro|one of raw, glue, confluent",
                "framing|confluent|must be raw or kafila.gateway.schemas, which is glue",
                "messages|orders|topic=message",
                "messages|order=shop.Order|names the topic order, which is not among kafila.gateway.topics",
                "idempotency-window|2d|a duration",
            })
    void whatDoesNotFitIsRefusedByItsKey(String name, String value, String problem) {
        assertThat(gateway().file(P + name, value).problems())
                .anySatisfy(told -> assertThat(told).contains(P, problem));
    }

    @ParameterizedTest
    @ValueSource(strings = {"secret", "0123456789abcdef,short", "0123456789 abcdef", "0123456789abcdef,"})
    void aKeyThatCanBeGuessedOrNotBeSentIsRefusedAndNotRepeated(String keys) {
        assertThat(gateway().file(P + "api-keys", keys).problems())
                .singleElement()
                .asString()
                .contains(P + "api-keys", "keys of at least 16 printable characters")
                .doesNotContain(keys);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0123456789abcdef", "0123456789abcdef, fedcba9876543210"})
    void oneKeyOrSeveralAreTaken(String keys) {
        assertThat(gateway().file(P + "api-keys", keys).problems()).isEmpty();
    }

    @Test
    void theAddressOfARegistryMayComeFromTheEnvironment() {
        assertThat(gateway()
                        .file(P + "schemas", "confluent")
                        .file(P + "framing", "confluent")
                        .environment("KAFILA_GATEWAY_CONFLUENT_SCHEMA_REGISTRY_URL", "http://registry.example:8081")
                        .problems())
                .isEmpty();
    }

    @Test
    void schemasMayBeInADirectory(@TempDir Path directory) {
        assertThat(gateway()
                        .file(P + "schemas", "directory")
                        .file(P + "schema-directory", directory.toString())
                        .file(P + "messages", "orders=shop.Order, returns = Return")
                        .problems())
                .isEmpty();
    }

    @Test
    void nothingIsAskedOfRequestsThatAreOff() {
        assertThat(Given.nothing().file(P + "schemas", "confluent").problems()).isEmpty();
    }
}
