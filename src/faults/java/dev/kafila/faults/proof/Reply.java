package dev.kafila.faults.proof;

import dev.kafila.faults.proof.Exchange.Sent;
import dev.kafila.sandbox.Answer;
import java.util.List;
import java.util.function.Predicate;

/**
 * How a request is answered, and what that does with its records.
 *
 * @param records in the order of the request
 */
record Reply(Answer answer, List<Sent> records) {

    Reply {
        records = List.copyOf(records);
    }

    static Reply of(Answer answer, List<RecordId> ids, Fate fate) {
        return new Reply(answer, ids.stream().map(id -> new Sent(id, fate)).toList());
    }

    /** Those of which that is true are refused, or would have been if the fate had become known; the others have this fate. */
    static Reply of(Answer answer, List<RecordId> ids, Fate fate, Predicate<RecordId> refused) {
        return new Reply(
                answer,
                ids.stream()
                        .map(id -> new Sent(id, refused.test(id) ? Fate.REFUSED : fate))
                        .toList());
    }
}
