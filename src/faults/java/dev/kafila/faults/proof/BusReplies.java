package dev.kafila.faults.proof;

import dev.kafila.faults.proof.Exchange.Sent;
import dev.kafila.sandbox.Answer;
import java.util.List;
import java.util.stream.Collectors;

/** What an event bus answers, as the fault of the moment lets it. */
final class BusReplies {
    private static final int ONE_IN = 3;

    private BusReplies() {}

    /** @param storm null: none */
    static Reply to(List<RecordId> ids, FaultKind storm) {
        if (storm == null) {
            return Reply.of(Answer.ok(), ids, Fate.TAKEN);
        }
        return switch (storm) {
            case ENDPOINT_HANGS -> Reply.of(Answer.hang(), ids, Fate.UNKNOWN);
            case ENDPOINT_RESETS -> Reply.of(Answer.reset(), ids, Fate.UNKNOWN);
            case ENDPOINT_TRUNCATES -> Reply.of(Answer.truncated(), ids, Fate.UNKNOWN);
            case THROTTLE -> Reply.of(Answer.rateExceeded(), ids, Fate.REFUSED);
            case THROTTLE_WITH_RETRY_AFTER ->
                Reply.of(
                        Answer.status(429, "ThrottlingException").withRetryAfter(FunctionReplies.RETRY_AFTER),
                        ids,
                        Fate.REFUSED);
            case SERVER_ERRORS -> Reply.of(Answer.status(500, "InternalException"), ids, Fate.REFUSED);
            case PARTIAL_FAILURES -> partial(ids);
            default -> Reply.of(Answer.ok(), ids, Fate.TAKEN);
        };
    }

    /** Other entries fail each time, as the place of an entry in its request is another one. */
    private static Reply partial(List<RecordId> ids) {
        List<RecordId> failures =
                ids.stream().filter(id -> ids.indexOf(id) % ONE_IN == 1).toList();
        Reply reply = Reply.of(Answer.ok(), ids, Fate.TAKEN, failures::contains);
        return new Reply(Answer.ok(results(reply.records())), reply.records());
    }

    private static String results(List<Sent> records) {
        String entries = records.stream()
                .map(sent -> sent.fate() == Fate.TAKEN
                        ? "{\"EventId\":\"" + sent.id() + "\"}"
                        : "{\"ErrorCode\":\"ThrottlingException\",\"ErrorMessage\":\"Rate exceeded\"}")
                .collect(Collectors.joining(","));
        long failed = records.stream().filter(sent -> sent.fate() != Fate.TAKEN).count();
        return "{\"FailedEntryCount\":" + failed + ",\"Entries\":[" + entries + "]}";
    }
}
