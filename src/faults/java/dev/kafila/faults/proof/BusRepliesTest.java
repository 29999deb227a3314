package dev.kafila.faults.proof;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.kafila.sandbox.Answer;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BusRepliesTest {
    private final List<RecordId> ids =
            IntStream.range(0, 10).mapToObj(number -> new RecordId(0, number)).toList();

    @Test
    void withoutAFaultEverythingIsTaken() {
        assertThat(BusReplies.to(ids, null)).isEqualTo(Reply.of(Answer.ok(), ids, Fate.TAKEN));
    }

    @Test
    void whatIsTakenOfAPartialFailureIsWhatTheAnswerSays() throws JsonProcessingException {
        Reply reply = BusReplies.to(ids, FaultKind.PARTIAL_FAILURES);

        JsonNode body = JsonMapper.builder().build().readTree(reply.answer().body());
        int failed = 0;
        for (int index = 0; index < ids.size(); index++) {
            boolean refused = body.get("Entries").get(index).has("ErrorCode");
            assertThat(reply.records().get(index).fate()).isEqualTo(refused ? Fate.REFUSED : Fate.TAKEN);
            failed += refused ? 1 : 0;
        }
        assertThat(failed).isPositive().isEqualTo(body.get("FailedEntryCount").asInt());
    }

    @Test
    void anEntryThatIsAloneDoesNotFail() {
        assertThat(BusReplies.to(ids.subList(0, 1), FaultKind.PARTIAL_FAILURES).records())
                .allMatch(sent -> sent.fate() == Fate.TAKEN);
    }

    @ParameterizedTest
    @EnumSource(names = {"ENDPOINT_HANGS", "ENDPOINT_RESETS", "ENDPOINT_TRUNCATES"})
    void whatGetsNoAnswerMayHaveBeenTaken(FaultKind storm) {
        assertThat(BusReplies.to(ids, storm).records()).allMatch(sent -> sent.fate() == Fate.UNKNOWN);
    }

    @ParameterizedTest
    @EnumSource(names = {"THROTTLE", "THROTTLE_WITH_RETRY_AFTER", "SERVER_ERRORS"})
    void whatIsRefusedWholeIsNotTaken(FaultKind storm) {
        assertThat(BusReplies.to(ids, storm).records()).allMatch(sent -> sent.fate() == Fate.REFUSED);
    }
}
