package dev.kafila.lambda;

import static dev.kafila.record.TestRecords.records;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResultsTest {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();
    private static final SentRecords SENT = new SentRecords(records("a", "b"), Map.of());

    @Test
    void aListByCoordinatesIsTakenInAnyOrder() {
        assertThat(of("[" + named("\"second\"", 1) + "," + named("{\"n\" : [1 ]}", 0) + "]"))
                .containsExactly("{\"n\" : [1 ]}", "\"second\"");
    }

    @Test
    void textAndNumbersStayAsTheyCame() {
        String odd = "{ \"a\":1.10,\"b\":12345678901234567890,\"c\":1e400,\"a\":-0.0,\"d\":\"\\u00e9\\/\" }";

        assertThat(of("[" + named(odd, 0) + "," + named("1.10", 1) + "]")).containsExactly(odd, "1.10");
        assertThat(of("[" + odd + ",1E+2]")).containsExactly(odd, "1E+2");
        assertThat(of(odd)).containsExactly(odd, odd);
    }

    @Test
    void aRecordThatWasRenamedIsKnownByBothNames() {
        SentRecords renamed = new SentRecords(records("a", "b"), Map.of(1L, new TopicPartition("other", 3)));
        String other = "{\"payload\":{\"result\":2,\"topic\":\"other\",\"partition\":3,\"offset\":1}}";

        assertThat(Results.of("[" + other + "," + named("1", 0) + "]", renamed, true))
                .containsExactly("1", "2");
        assertThat(Results.of("[" + named("2", 1) + "," + named("1", 0) + "]", renamed, true))
                .containsExactly("1", "2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"payload\":{\"result\":1,\"topic\":\"orders\",\"partition\":0,\"offset\":0}}",
                "{\"payload\":{\"result\":1,\"topic\":\"orders\",\"partition\":0,\"offset\":2}}",
                "{\"payload\":{\"result\":1,\"topic\":\"orders\",\"partition\":1,\"offset\":1}}",
                "{\"payload\":{\"result\":1,\"topic\":\"others\",\"partition\":0,\"offset\":1}}",
                "{\"payload\":{\"topic\":\"orders\",\"partition\":0,\"offset\":1}}",
                "{\"payload\":{\"result\":1,\"partition\":0,\"offset\":1}}",
                "{\"payload\":{\"result\":1,\"topic\":\"orders\",\"offset\":1}}",
                "{\"payload\":{\"result\":1,\"topic\":\"orders\",\"partition\":0}}",
                "{\"payload\":{\"result\":1,\"topic\":\"orders\",\"partition\":\"0\",\"offset\":1}}",
                "{\"payload\":{\"result\":1,\"topic\":\"orders\",\"partition\":0,\"offset\":1.0}}",
                "{\"payload\":[{\"result\":1,\"topic\":\"orders\",\"partition\":0,\"offset\":1}]}",
                "{\"result\":1,\"topic\":\"orders\",\"partition\":0,\"offset\":1}",
                "null"
            })
    void aListThatIsNotOneToOneByCoordinatesIsTakenByPosition(String second) {
        assertThat(of("[" + named("1", 0) + "," + second + "]")).containsExactly(named("1", 0), second);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"a\":1}", "[1]", "[1,2,3]", "[]", "7", "null", "\"text\"", "[[1,2]]"})
    void anythingElseIsSaidOfEveryRecord(String answer) {
        assertThat(of(" " + answer + "\n")).containsExactly(answer, answer);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[1,2", "[1,2] 3", "Bad \"Gateway\"\n", "NaN", "{'a':1}"})
    void whatIsNoJsonIsReportedAsAString(String answer) throws JsonProcessingException {
        List<String> results = of(answer);

        assertThat(results).hasSize(2);
        assertThat(JSON.readValue(results.get(0), String.class)).isEqualTo(answer);
    }

    @Test
    void anEmptyAnswerIsNull() {
        assertThat(of("")).containsExactly("null", "null");
    }

    @Test
    void theAnswerToOneRecordThatIsNoBatchIsWhole() {
        SentRecords one = new SentRecords(records("a"), Map.of());

        assertThat(Results.of("[1]", one, false)).containsExactly("[1]");
        assertThat(Results.of("[1]", one, true)).containsExactly("1");
        assertThat(Results.of("[" + named("1", 0) + "]", one, true)).containsExactly("1");
    }

    @Test
    void neitherDepthNorLengthOfAnAnswerMatters() {
        String deep = "[".repeat(100_000) + "]".repeat(100_000);
        String number = "9".repeat(100_000);

        assertThat(of("[" + deep + "," + number + "]")).containsExactly(deep, number);
    }

    @Test
    void aLongListIsNotKeptWhereItsElementsAreNotNeeded() {
        String answer = "[0" + ",0".repeat(500_000) + "]";

        assertThat(of(answer)).containsExactly(answer, answer);
    }

    @Property(tries = 1000)
    void everyRecordGetsOneResultThatIsJson(@ForAll("anyAnswer") String answer) throws JsonProcessingException {
        List<String> results = of(answer);

        assertThat(results).hasSize(2);
        for (String result : results) {
            assertThat(JSON.readTree(result).isMissingNode()).isFalse();
        }
    }

    @Property(tries = 300)
    void theElementsOfAListAreExactlyItsText(@ForAll("anyAnswer") String first, @ForAll("anyAnswer") String second) {
        if (isJson(first) && isJson(second)) {
            List<String> results = of("[" + first + "," + second + "]");

            assertThat(results).containsExactly(first.strip(), second.strip());
        }
    }

    @Provide
    Arbitrary<String> anyAnswer() {
        return AnyAnswers.of("orders", List.of(0L, 1L));
    }

    private static boolean isJson(String text) {
        try {
            return !JSON.readTree(text).isMissingNode();
        } catch (JsonProcessingException e) {
            return false;
        }
    }

    private static List<String> of(String answer) {
        return Results.of(answer, SENT, true);
    }

    private static String named(String result, int offset) {
        return "{\"payload\":{\"result\":" + result + ",\"topic\":\"orders\",\"partition\":0,\"offset\":" + offset
                + "}}";
    }
}
