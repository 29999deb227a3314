package dev.kafila.eventbridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kafila.record.KafkaRecord;
import dev.kafila.record.TestRecords;
import java.util.List;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DetailTypeTest {
    private static final String LONG = "t".repeat(128);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''                              | orders    | kafka-connect-orders",
                "order.placed                    | orders    | order.placed",
                "shop-${topic}-${topic}          | orders    | shop-orders-orders",
                "${topic}                        | orders    | orders",
                "orders:type.a,customers:type.b  | orders    | type.a",
                "orders:type.a, customers:type.b | customers | type.b",
                "orders:type.a,customers:type.b  | other     | kafka-connect-other",
                "orders:type.a                   | orders    | type.a",
                "orders:urn:type:a               | orders    | urn:type:a",
            })
    void theTypeIsOneForAllOrOnePerTopic(String setting, String topic, String type) {
        assertThat(type(setting).of(record(topic), "{}")).isEqualTo(type);
    }

    @Test
    void theTypeMayBeWhatTheRecordSays() {
        DetailType type = type("$.detail.value.type");

        assertThat(type.of(record("orders"), "{\"value\":{\"type\":\"order.placed\"}}"))
                .isEqualTo("order.placed");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"value\":null}",
                "{\"value\":{\"type\":null}}",
                "{\"value\":{\"type\":7}}",
                "{\"value\":{\"type\":{\"a\":\"b\"}}}",
                "{\"value\":{\"type\":\" \"}}",
                "{\"value\":\"type\"}",
            })
    void aRecordThatSaysNoTypeHasItsTopicAsTheType(String detail) {
        assertThat(type("$.detail.value.type").of(record("orders"), detail)).isEqualTo("orders");
    }

    @Test
    void aTypeOf128CharactersIsTheLongest() {
        DetailType said = type("$.detail.value");

        assertThat(said.of(record("orders"), "{\"value\":\"" + "🐪".repeat(128) + "\"}"))
                .hasSize(256);
        assertThatThrownBy(() -> said.of(record("orders"), "{\"value\":\"" + LONG + "t\"}"))
                .isInstanceOf(UnfitException.class)
                .hasMessage("its detail-type has more than the 128 characters that EventBridge takes");
        assertThatThrownBy(() -> type("shop-${topic}").of(record(LONG), "{}")).isInstanceOf(UnfitException.class);
    }

    @Test
    void aTypeThatIsTooLongIsRefusedWhereItIsKnown() {
        assertThat(type(LONG)).isNotNull();
        assertThatThrownBy(() -> type(LONG + "t"))
                .hasMessage("detailType: '" + LONG + "t' has more than the 128 characters that EventBridge takes");
        assertThatThrownBy(() -> type("orders:" + LONG + "t")).hasMessageStartingWith("detailType: ");
        assertThatThrownBy(() -> DetailType.of("shop-${topic}", List.of("orders", LONG)))
                .hasMessageStartingWith("detailType: 'shop-t");
        assertThatThrownBy(() -> type(LONG + "${topic}t")).hasMessageStartingWith("detailType: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"orders:a,b", "a,b", ":a", "orders:", "orders:a,,customers:b", "orders:a,orders:b"})
    void whatIsNeitherATypeNorTypesPerTopicIsRefused(String setting) {
        assertThatThrownBy(() -> type(setting))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("detailType: '" + setting + "' is neither one type");
    }

    private static DetailType type(String setting) {
        return DetailType.of(setting, List.of());
    }

    private static KafkaRecord record(String topic) {
        return new KafkaRecord(
                TestRecords.record(7, "k", "v"), topic, 0, 0, SchemaAndValue.NULL, SchemaAndValue.NULL, null);
    }
}
