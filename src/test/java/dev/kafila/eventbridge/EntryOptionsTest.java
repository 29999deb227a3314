package dev.kafila.eventbridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EntryOptionsTest {
    private static final String SIMPLE = "org.apache.kafka.connect.storage.SimpleHeaderConverter";

    @Test
    void theBusHasToBeNamed() {
        assertThatThrownBy(() -> EntryOptions.of(name -> ""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("bus: name or ARN of the event bus is missing");
    }

    @ParameterizedTest
    @CsvSource({
        "'', '', kafka-connect.kafila",
        "'', shop, kafka-connect.shop",
        "shop.orders, '', shop.orders",
        "shop.orders, shop, shop.orders",
        "awsome, '', awsome",
    })
    void theSourceNamesTheConnectorUnlessItIsSet(String source, String connectorId, String expected) {
        assertThat(TestEntries.options("source", source, "connectorId", connectorId)
                        .source())
                .isEqualTo(expected);
    }

    @Test
    void aSourceThatEventBridgeKeepsForAwsIsRefused() {
        assertThatThrownBy(() -> TestEntries.options("source", "aws.orders"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("source: 'aws.orders' begins with aws., which EventBridge keeps for AWS itself");
    }

    @Test
    void resourcesStandBetweenCommas() {
        assertThat(TestEntries.options("resources", " arn:aws:s3:::one, two,,three ")
                        .resources())
                .containsExactly("arn:aws:s3:::one", "two", "three");
        assertThat(TestEntries.options("resources", "").resources()).isEmpty();
    }

    @Test
    void aResourceThatIsTooLongIsRefused() {
        String longest = "r".repeat(2048);

        assertThat(TestEntries.options("resources", "one," + longest).resources())
                .hasSize(2);
        assertThatThrownBy(() -> TestEntries.options("resources", "one," + longest + "r"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("resources: 'rrr")
                .hasMessageEndingWith("has more than the 2048 characters that EventBridge takes");
    }

    @Test
    void aDetailTypeThatIsTooLongForATopicIsRefused() {
        assertThatThrownBy(() -> TestEntries.options("topics", "orders, " + "t".repeat(115)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("detailType: 'kafka-connect-ttt");
    }

    @ParameterizedTest
    @CsvSource({
        "'', '', ''",
        "string, '', ''",
        "string, bytes, bytes",
        "'', bytes, bytes",
        "connect, '', " + SIMPLE,
        "connect, string, " + SIMPLE,
        "connect, " + SIMPLE + ", " + SIMPLE,
    })
    void theTypesOfHeadersAreAConverter(String types, String converter, String expected) {
        Map<String, String> parameters = Map.of("headerTypes", types, "headerConverter", converter);

        assertThat(EntryOptions.headerConverter(parameters::get)).isEqualTo(expected);
    }

    @Test
    void typesOfHeadersThatAreUnknownOrContradictTheConverterAreRefused() {
        assertThatThrownBy(
                        () -> EntryOptions.headerConverter(Map.of("headerTypes", "json", "headerConverter", "")::get))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("headerTypes: 'json' is neither string nor connect");
        assertThatThrownBy(() ->
                        EntryOptions.headerConverter(Map.of("headerTypes", "connect", "headerConverter", "bytes")::get))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("headerTypes: connect means " + SIMPLE + ", but headerConverter is bytes");
    }
}
