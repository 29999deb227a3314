package dev.kafila.eventbridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.jayway.jsonpath.Configuration;
import com.jayway.jsonpath.JsonPath;
import com.jayway.jsonpath.Option;
import com.jayway.jsonpath.spi.json.JacksonJsonNodeJsonProvider;
import dev.kafila.eventbridge.DetailPath.Cut;
import dev.kafila.format.ConnectArbitraries;
import dev.kafila.format.ConnectJson;
import dev.kafila.format.PayloadBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DetailPathTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Configuration JSON_PATH = Configuration.builder()
            .jsonProvider(new JacksonJsonNodeJsonProvider(MAPPER))
            .options(Option.SUPPRESS_EXCEPTIONS)
            .build();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "$.detail.topic                    | \"orders\"",
                "$.detail.value                    | {\"type\":\"a\",\"a.b\":[1,[2.50,null]],\"it's\":true,\"\":\"\"}",
                "$.detail.value.type               | \"a\"",
                "$['detail'][\"value\"]['type']    | \"a\"",
                "$.detail.value['a.b'][0]          | 1",
                "$.detail.value['a.b'][1][0]       | 2.50",
                "$.detail.value['a.b'][1][1]       | null",
                "$.detail.value['it\\'s']          | true",
            })
    void aPathLeadsToOneValue(String path, String value) {
        String detail =
                "{\"topic\":\"orders\",\"value\":{\"type\":\"a\",\"a.b\":[1,[2.50,null]],\"it's\":true,\"\":\"\"}}";

        assertThat(path("time", path).cut(detail).value()).isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "$.detail.none",
                "$.detail.value.none",
                "$.detail.topic.value",
                "$.detail.topic[0]",
                "$.detail.value[0]",
                "$.detail.value.list[2]",
                "$.detail.value.list.type",
            })
    void aPathToNothingReadsNothing(String path) {
        String detail = "{\"topic\":\"orders\",\"value\":{\"type\":\"a\",\"list\":[1,2]}}";

        assertThat(path("time", path).cut(detail)).isNull();
        assertThat(path("time", path).<Boolean>read(detail, json -> true)).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "$",
                "$.",
                "$.detail",
                "$.value.type",
                "detail.value",
                "$.detail.",
                "$.detail..type",
                "$.detail.value.*",
                "$.detail.value[*]",
                "$.detail.value[-1]",
                "$.detail.value[0:2]",
                "$.detail.value[0,1]",
                "$.detail.value['a','b']",
                "$.detail.value[?(@.type)]",
                "$.detail.value.length()",
                "$.detail.value['type'",
                "$.detail.value[type]",
                "$.detail.value.two words",
                "$.detail.value[9999999999]",
            })
    void whatIsNoPathToOnePlaceInTheDetailIsRefusedWithTheNameOfTheParameter(String path) {
        assertThatThrownBy(() -> path("detailType", path))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("detailType: '" + path + "' is no JSONPath to one place in the detail");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"key\":1,\"value\":{\"a\":1}} | $.detail.value      | {\"key\":1}",
                "{\"value\":\"v\",\"key\":1}     | $.detail.value      | {\"key\":1}",
                "{\"value\":{\"a\":1.50}}        | $.detail.value.a    | {\"value\":{}}",
                "{\"value\":[1,2,3]}             | $.detail.value[0]   | {\"value\":[2,3]}",
                "{\"value\":[1,2,3]}             | $.detail.value[1]   | {\"value\":[1,3]}",
                "{\"value\":[[\"]\"]]}           | $.detail.value[0]   | {\"value\":[]}",
            })
    void whatIsCutOutLeavesTheRestAsItWas(String detail, String path, String rest) {
        assertThat(path("offloadPath", path).cut(detail).rest()).isEqualTo(rest);
    }

    @Test
    void aPathKnowsWhichMemberItLeadsInto() {
        assertThat(path("offloadPath", "$.detail.value.a").isIn("value")).isTrue();
        assertThat(path("offloadPath", "$.detail.key").isIn("value")).isFalse();
    }

    @Test
    void aDetailIsReadThatIsDeeperOrLongerThanJacksonReadsByDefault() {
        List<String> values = List.of(
                "[".repeat(1001) + "]".repeat(1001),
                '"' + "v".repeat(20_000_001) + '"',
                "1".repeat(1001),
                "{\"" + "n".repeat(50_001) + "\":1}");

        for (String value : values) {
            Cut cut = path("offloadPath", "$.detail.value").cut("{\"value\":" + value + "}");

            assertThat(cut.rest()).isEqualTo("{}");
            assertThat(cut.value().equals(value)).isTrue();
        }
    }

    @Property(tries = 300)
    void everyPlaceIsFoundAndCutOutAsTheLibraryOfAwsConnectorDoes(@ForAll("details") String detail) throws Exception {
        JsonNode tree = MAPPER.readTree(detail);
        for (String place : places(tree, "$", new ArrayList<>())) {
            Cut cut = path("offloadPath", "$.detail" + place.substring(1)).cut(detail);

            assertThat(MAPPER.readTree(cut.value()))
                    .isEqualTo(JsonPath.using(JSON_PATH).parse(detail).read(place));
            assertThat(MAPPER.readTree(cut.rest()))
                    .isEqualTo(JsonPath.using(JSON_PATH)
                            .parse(detail)
                            .delete(place)
                            .json());
        }
    }

    @Provide
    Arbitrary<String> details() {
        return Arbitraries.maps(ConnectArbitraries.text(), ConnectArbitraries.withoutSchema())
                .ofMinSize(1)
                .ofMaxSize(4)
                .map(DetailPathTest::json);
    }

    private static String json(Map<String, Object> members) {
        PayloadBuffer out = new PayloadBuffer(16);
        ConnectJson.write(new SchemaAndValue(null, members), out);
        return out.text();
    }

    /** Paths to everything in a tree, but for names that the library itself does not find when they are escaped. */
    private static List<String> places(JsonNode node, String path, List<String> places) {
        node.properties().forEach(member -> {
            String name = member.getKey();
            if (!name.isEmpty() && name.chars().noneMatch(c -> c == '\'' || c == '\\' || Character.isISOControl(c))) {
                places.add(path + "['" + name + "']");
                places(member.getValue(), path + "['" + name + "']", places);
            }
        });
        for (int at = 0; at < node.size() && node.isArray(); at++) {
            places.add(path + "[" + at + "]");
            places(node.get(at), path + "[" + at + "]", places);
        }
        return places;
    }

    private static DetailPath path(String parameter, String text) {
        return DetailPath.of(parameter, text);
    }
}
