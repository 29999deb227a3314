package dev.kafila.gateway.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.math.BigDecimal;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestReaderTest {
    private static final String BODY_AND_TOPIC = "body and topicName can not be empty or null";

    private final RequestReader reader = new RequestReader(List.of("orders", "returns"), 3);

    @Test
    void everythingThatARequestMaySayIsRead() throws Exception {
        PublishRequest request = one("""
            {"body":{"id":1.10},"topicName":"orders","key":"ключ","headers":{"z":"1","a":""},"idempotencyKey":"k-1",
             "verbose":true,"somethingElse":[1]}\
            """);

        assertThat(request.topic()).isEqualTo("orders");
        assertThat(request.body()).hasToString("{\"id\":1.10}");
        assertThat(request.key()).isEqualTo("ключ");
        assertThat(request.headers()).containsExactly(Map.entry("z", "1"), Map.entry("a", ""));
        assertThat(request.idempotencyKey()).isEqualTo("k-1");
        assertThat(request.verbose()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"body\":{\"id\":1},\"topicName\":\"orders\"}",
                "{\"body\":{\"id\":1},\"topicName\":\"orders\",\"key\":null,\"headers\":null,\"idempotencyKey\":null,\"verbose\":null}"
            })
    void onlyBodyAndTopicAreNeeded(String json) throws Exception {
        PublishRequest request = one(json);

        assertThat(request.key()).isNull();
        assertThat(request.headers()).isEmpty();
        assertThat(request.idempotencyKey()).isNull();
        assertThat(request.verbose()).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "{} | " + BODY_AND_TOPIC,
                "{'topicName':'orders'} | " + BODY_AND_TOPIC,
                "{'topicName':'orders','body':null} | " + BODY_AND_TOPIC,
                "{'topicName':'orders','body':{}} | " + BODY_AND_TOPIC,
                "{'topicName':'orders','body':''} | " + BODY_AND_TOPIC,
                "{'topicName':'orders','body':[]} | " + BODY_AND_TOPIC,
                "{'body':{'id':1}} | " + BODY_AND_TOPIC,
                "{'body':{'id':1},'topicName':null} | " + BODY_AND_TOPIC,
                "{'body':{'id':1},'topicName':''} | " + BODY_AND_TOPIC,
                "{'body':[1],'topicName':'orders'} | body must be a JSON object",
                "{'body':'text','topicName':'orders'} | body must be a JSON object",
                "{'body':{'id':1},'topicName':7} | topicName must be a string",
                "{'body':{'id':1},'topicName':'payroll'} | The topic payroll is not listed in kafila.gateway.topics",
                "{'body':{'id':1},'topicName':' orders'} | The topic  orders is not listed in kafila.gateway.topics",
                "{'body':{'id':1},'topicName':'orders','key':7} | key must be a string",
                "{'body':{'id':1},'topicName':'orders','headers':[]} | headers must be a JSON object",
                "{'body':{'id':1},'topicName':'orders','headers':{'a':'x','b c':7}} | headers['b c'] must be a string",
                "{'body':{'id':1},'topicName':'orders','headers':{'a':null}} | headers['a'] must be a string",
                "{'body':{'id':1},'topicName':'orders','headers':{'a':{}}} | headers['a'] must be a string",
                "{'body':{'id':1},'topicName':'orders','idempotencyKey':7} | idempotencyKey must be a string",
                "{'body':{'id':1},'topicName':'orders','idempotencyKey':''} | idempotencyKey must have 1 to 255"
                        + " characters",
                "{'body':{'id':1},'topicName':'orders','verbose':'true'} | verbose must be true or false",
                "{'body':{'a':[{'b':'\\ud83d'}]},'topicName':'orders'} | body.a[0].b has half of a surrogate pair,"
                        + " which is no character",
                "{'body':{'a':{'\\ude00':1}},'topicName':'orders'} | body.a has half of a surrogate pair, which is no"
                        + " character",
                "{'body':{'a':'\\ude00\\ude00'},'topicName':'orders'} | body.a has half of a surrogate pair,"
                        + " which is no character",
                "{'body':{'a':'\\ud83dx\\ude00'},'topicName':'orders'} | body.a has half of a surrogate pair, which is"
                        + " no character",
                "{'body':{'id':1},'topicName':'\\ud800'} | topicName has half of a surrogate pair, which is no"
                        + " character",
                "{'body':{'id':1},'topicName':'orders','key':'\\udc00'} | key has half of a surrogate pair, which is"
                        + " no character",
                "{'body':{'id':1},'topicName':'orders','headers':{'a':'\\ud800'}} | headers.a has half of a surrogate"
                        + " pair, which is no character",
                "{'body':{'id':1},'topicName':'orders','headers':{'\\ud800':''}} | headers has half of a surrogate"
                        + " pair, which is no character",
                "{'body':{'id':1},'topicName':'orders','idempotencyKey':'\\ud800'} | idempotencyKey has half of a"
                        + " surrogate pair, which is no character",
                "7 | A request must be a JSON object",
                "null | A request must be a JSON object"
            })
    void whatIsWrongWithARequestIsSaid(String json, String problem) throws Exception {
        RequestException refusal =
                reader.read(json.replace('\'', '"')).items().get(0).refusal();

        assertThat(refusal).hasMessage(problem.replace('\'', '"'));
        assertThat(refusal.status()).isEqualTo(400);
    }

    @Test
    void anIdempotencyKeyMayHave255Characters() throws Exception {
        String form = "{\"body\":{\"id\":1},\"topicName\":\"orders\",\"idempotencyKey\":\"%s\"}";

        assertThat(one(form.formatted("k".repeat(255))).idempotencyKey()).hasSize(255);
        assertThat(reader.read(form.formatted("k".repeat(256))).items().get(0).refusal())
                .hasMessage("idempotencyKey must have 1 to 255 characters");
    }

    @Test
    void aPairOfSurrogatesIsACharacter() throws Exception {
        assertThat(one("{\"body\":{\"id\":1},\"topicName\":\"orders\",\"key\":\"\\ud83d\\ude00\"}")
                        .key())
                .isEqualTo("😀");
    }

    @Test
    void oneRefusedRequestOfAnArrayLeavesTheOthersAlone() throws Exception {
        Requests requests = reader.read("""
            [{"body":{"id":1},"topicName":"orders"},{"body":{"id":2}},{"body":{"id":3},"topicName":"returns"}]\
            """);

        assertThat(requests.batch()).isTrue();
        assertThat(requests.items())
                .extracting(
                        item -> item.request() == null ? null : item.request().topic())
                .containsExactly("orders", null, "returns");
        assertThat(requests.items().get(1).refusal()).hasMessage(BODY_AND_TOPIC);
    }

    @Test
    void anArrayIsOnlyOneEvenIfItHasOneRequest() throws Exception {
        assertThat(reader.read("[{}]").batch()).isTrue();
        assertThat(reader.read("{}").batch()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "[] | The request is an array without requests",
                "[{},{},{},{}] | The request is an array of 4 requests: at most 3 are accepted at once"
                        + " (kafila.gateway.batch-limit)",
                "'' | The request is empty",
                "'  ' | The request is empty",
                "{secret} | The request is not JSON: line 1, column 2",
                "{\"a\":secret} | The request is not JSON: line 1, column 12",
                "{\"a\":\"secret | The request is not JSON: line 1, column 13",
                "{\"a\":1}} | The request is not JSON: line 1, column 8",
                "{\"a\":1} {} | The request goes on after its end: line 1, column 9",
                "{\"a\":1}7 | The request goes on after its end: line 1, column 8",
                "{\"a\":NaN} | The request is not JSON: line 1, column 9",
                "{\"a\":{\"b\":1,\"b\":2}} | The request has an object with two members of the same name: line 1,"
                        + " column 13"
            })
    void whatIsNoRequestAtAllIsRefusedWithItsPlaceAndWithoutItsText(String json, String problem) {
        assertThat(refusal(json.replace("'", ""))).hasMessage(problem);
    }

    @Test
    void thePlaceIsThatOfTheLine() {
        assertThat(refusal("{\n\"a\":1,\n\"a\":2}"))
                .hasMessage("The request has an object with two members of the same name: line 3, column 1");
    }

    @Test
    void jsonHasLimits() {
        String limits = "The request goes beyond 250 levels, 1,000 digits or another limit: line 1, column ";

        assertThat(refusal("[".repeat(251) + "]".repeat(251))).hasMessageStartingWith(limits);
        assertThat(refusal("[" + "1".repeat(1001) + "]")).hasMessageStartingWith(limits);
        assertThat(refusal("{\"" + "n".repeat(50_001) + "\":1}")).hasMessageStartingWith(limits);
    }

    @Test
    void aTreeHasAsManyLevels() {
        JsonNode tree = JsonNodeFactory.instance.arrayNode();
        for (int level = 1; level < 251; level++) {
            tree = JsonNodeFactory.instance.arrayNode().add(tree);
        }

        assertThat(refusal(tree)).hasMessageStartingWith("The request goes beyond 250 levels");
    }

    @ParameterizedTest
    @CsvSource({"c3, 3", "c080, 3", "eda080, 3", "eda0bdedb880, 3", "f4908080, 3", "ff, 3"})
    void whatIsNotUtf8IsRefused(String hex, int position) {
        byte[] json = HexFormat.of().parseHex("5b22" + hex + "225d");

        assertThat(refusal(json)).hasMessage("The request is not UTF-8: byte " + position);
    }

    static Stream<Object> forms() {
        String json = "{\"topicName\":\"orders\",\"key\":\"é\",\"body\":{\"n\":1.10}}";
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("topicName", "orders");
        map.put("key", "é");
        map.put("body", Map.of("n", new BigDecimal("1.10")));
        JsonNode tree = JsonNodeFactory.instance
                .objectNode()
                .put("topicName", "orders")
                .put("key", "é")
                .set("body", JsonNodeFactory.instance.objectNode().put("n", new BigDecimal("1.10")));
        return Stream.of(
                json,
                CharBuffer.wrap(json),
                json.getBytes(StandardCharsets.UTF_8),
                new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)),
                new StringReader(json),
                map,
                tree);
    }

    @ParameterizedTest
    @MethodSource("forms")
    void whateverAnExchangeHoldsIsRead(Object form) throws Exception {
        PublishRequest request = one(form);

        assertThat(request.topic()).isEqualTo("orders");
        assertThat(request.key()).isEqualTo("é");
        assertThat(request.body()).hasToString("{\"n\":1.10}");
    }

    @Test
    void aListIsAnArrayOfRequests() throws Exception {
        assertThat(reader.read(List.of(Map.of(), Map.of())).items()).hasSize(2);
    }

    @Test
    void whatHasNoFormInJsonIsRefused() {
        Map<String, Object> circle = new LinkedHashMap<>();
        circle.put("self", circle);

        assertThat(refusal(null)).hasMessage("The request is empty");
        assertThat(refusal(7)).hasMessage("The request is a java.lang.Integer, which does not stand for JSON");
        assertThat(refusal(Map.of("a", new Object())))
                .hasMessage("The request holds something that has no form in JSON");
        assertThat(refusal(circle)).hasMessage("The request holds something that has no form in JSON");
    }

    @Test
    void halfOfASurrogatePairInAMapIsRefusedToo() throws Exception {
        Map<String, Object> request = Map.of("topicName", "orders", "body", Map.of("a", "\ud83d"));

        assertThat(reader.read(request).items().get(0).refusal())
                .hasMessage("body.a has half of a surrogate pair, which is no character");
    }

    @Test
    void aStreamThatBreaksIsNotTheSendersFault() throws IOException {
        InputStream broken = InputStream.nullInputStream();
        broken.close();

        assertThat(refusal(broken).status()).isEqualTo(500);
        assertThat(refusal(broken)).hasMessage("Error message: the request could not be read to its end");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-0",
                "-0.0",
                "1e5",
                "1E+5",
                "1.10",
                "0.1000",
                "12345678901234567890123",
                "1e99999999999",
                "1",
                "-7"
            })
    void aNumberStaysAsItIsWritten(String number) throws Exception {
        String json = "{\"n\":" + number + "}";

        assertThat(one("{\"topicName\":\"orders\",\"body\":" + json + "}").body())
                .hasToString(json);
    }

    private PublishRequest one(Object json) throws RequestException {
        return reader.read(json).items().get(0).request();
    }

    private RequestException refusal(Object json) {
        return catchThrowableOfType(RequestException.class, () -> reader.read(json));
    }
}
