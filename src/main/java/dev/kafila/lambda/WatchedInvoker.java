package dev.kafila.lambda;

import dev.kafila.batch.Calls;
import dev.kafila.failure.Part;
import dev.kafila.record.SourceUnavailableException;
import java.util.Set;

/**
 * Counts what an invoker sends and what of it is not taken, and lets a listener hear of it.
 *
 * @param retryStatus the HTTP statuses that count as transient besides those that always do
 */
record WatchedInvoker(Invoker invoker, Calls calls, InvocationListener listener, Set<Integer> retryStatus)
        implements Invoker {

    @Override
    public LambdaAnswer invoke(Part records, byte[] payload) {
        LambdaAnswer answer = invoker.invoke(records, payload);
        calls.sent(records.size());
        listener.invoked(records.size(), Interpretation.of(answer, retryStatus));
        return answer;
    }

    @Override
    public void failed(int records) {
        calls.failed(records);
    }

    @Override
    public void unreadable(SourceUnavailableException why) {
        calls.error();
        listener.unreadable(why);
    }
}
