package dev.kafila.gateway.publish;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.kafila.gateway.request.Answer;
import java.util.List;

/**
 * What is answered to what came in at once.
 *
 * @param batch   whether it was an array
 * @param answers in the order of the requests; one, if it was no array
 */
record Answers(boolean batch, List<Answer> answers) {
    private static final ObjectWriter JSON = JsonMapper.builder().build().writer();

    static Answers of(Answer answer) {
        return new Answers(false, List.of(answer));
    }

    /** Of HTTP: that of the one answer; for an array 200 if all are, and else 207, which says to look at each. */
    int status() {
        if (!batch) {
            return answers.get(0).status();
        }
        return answers.stream().allMatch(answer -> answer.status() == 200) ? 200 : 207;
    }

    byte[] json() {
        try {
            return JSON.writeValueAsBytes(batch ? answers : answers.get(0));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("An answer can always be written", e);
        }
    }
}
