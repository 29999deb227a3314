package dev.kafila.faults.proof;

import dev.kafila.sandbox.Answer;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What a function answers: it names poison for ever, and takes everything else as the fault of the moment lets it. The retries of a mapping are
 * counted, so there a storm fails each record once at most in each way. Used by the endpoint's one thread.
 */
final class FunctionReplies {
    /** Longer than {@code max.poll.interval.ms} of the instances, and shorter than their timeout. */
    static final Duration SLOW = Duration.ofSeconds(12);

    /** Of a payload; more than any batch without an oversize record has. */
    static final int MOST_BYTES = 128 * 1024;

    static final Duration RETRY_AFTER = Duration.ofSeconds(2);
    private static final int ONE_IN = 7;

    private final Workload workload;
    private final boolean counted;
    private final List<BitSet> failed;
    private final List<BitSet> named;

    /** @param counted whether attempts are few */
    FunctionReplies(Workload workload, boolean counted) {
        this.workload = workload;
        this.counted = counted;
        failed = sets(workload);
        named = sets(workload);
    }

    private static List<BitSet> sets(Workload workload) {
        return IntStream.range(0, workload.partitions())
                .mapToObj(partition -> new BitSet(workload.records()))
                .toList();
    }

    /** @param storm null: none */
    Reply to(int bytes, List<RecordId> ids, FaultKind storm) {
        if (bytes > MOST_BYTES) {
            return Reply.of(Answer.status(413, "RequestTooLargeException"), ids, Fate.REFUSED);
        }
        return storm == null ? naming(ids, this::isPoison) : during(storm, ids);
    }

    private Reply during(FaultKind storm, List<RecordId> ids) {
        return switch (storm) {
            case ENDPOINT_HANGS -> unknown(Answer.hang(), ids);
            case ENDPOINT_RESETS -> unknown(Answer.reset(), ids);
            case ENDPOINT_TRUNCATES -> unknown(Answer.truncated(), ids);
            case THROTTLE -> Reply.of(Answer.throttle(), ids, Fate.REFUSED);
            case THROTTLE_WITH_RETRY_AFTER -> Reply.of(Answer.throttle(RETRY_AFTER), ids, Fate.REFUSED);
            case SERVER_ERRORS -> Reply.of(Answer.status(503, "ServiceUnavailableException"), ids, Fate.REFUSED);
            case FUNCTION_ERRORS ->
                mayFail(failed, ids)
                        ? Reply.of(Answer.functionError("Unhandled"), ids, Fate.REFUSED)
                        : naming(ids, this::isPoison);
            case PARTIAL_FAILURES -> naming(ids, id -> isPoison(id) || isNamed(id));
            case SLOW_FUNCTION -> {
                Reply reply = naming(ids, this::isPoison);
                yield new Reply(reply.answer().after(SLOW), reply.records());
            }
            default -> naming(ids, this::isPoison);
        };
    }

    private boolean isPoison(RecordId id) {
        return workload.kind(id) == Kind.POISON;
    }

    /** Poison is not taken, even if nobody hears of it. */
    private Reply unknown(Answer answer, List<RecordId> ids) {
        return Reply.of(answer, ids, Fate.UNKNOWN, this::isPoison);
    }

    private boolean isNamed(RecordId id) {
        return id.number() % ONE_IN == 0 && mayFail(named, List.of(id));
    }

    private boolean mayFail(List<BitSet> before, List<RecordId> ids) {
        boolean may = !counted
                || ids.stream().noneMatch(id -> before.get(id.partition()).get(id.number()));
        ids.forEach(id -> before.get(id.partition()).set(id.number()));
        return may;
    }

    private static Reply naming(List<RecordId> ids, Predicate<RecordId> refused) {
        List<RecordId> failures = ids.stream().filter(refused).toList();
        String items = failures.stream()
                .map(id -> "{\"itemIdentifier\":{\"partition\":\"" + Orders.TOPIC + "-" + id.partition()
                        + "\",\"offset\":" + id.number() + "}}")
                .collect(Collectors.joining(","));
        return Reply.of(Answer.ok("{\"batchItemFailures\":[" + items + "]}"), ids, Fate.TAKEN, failures::contains);
    }
}
