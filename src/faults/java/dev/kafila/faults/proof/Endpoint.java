package dev.kafila.faults.proof;

import dev.kafila.sandbox.Answer;
import dev.kafila.sandbox.Invocation;
import dev.kafila.sandbox.PutEvents;
import dev.kafila.sandbox.SandboxAws;
import dev.kafila.sandbox.SandboxFunction;
import dev.kafila.sandbox.Signature;
import java.net.URI;
import java.util.List;
import java.util.function.Function;

/** The two functions and the bus at the ends of the flows. Every request goes into the journal as it is answered. */
final class Endpoint implements AutoCloseable {
    static final String FUNCTION = "proof-lambda";
    static final String MAPPED_FUNCTION = "proof-mapping";
    static final String BUS = "proof-bus";

    /** What arrived is in the journal. */
    private static final int KEPT = 10;

    private final SandboxAws aws = SandboxAws.start();
    private final Journal journal;
    private volatile FaultKind storm;

    Endpoint(Workload workload, Journal journal) {
        this.journal = journal;
        function(FUNCTION, Flow.LAMBDA, RecordIds::ofPlain, new FunctionReplies(workload, false));
        function(MAPPED_FUNCTION, Flow.MAPPING, RecordIds::ofEvent, new FunctionReplies(workload, true));
        aws.events().declareBus(BUS);
        aws.events().keepsAtMost(KEPT);
        aws.events().byDefault(this::put);
    }

    private void function(
            String name, Flow flow, Function<Invocation, List<RecordId>> reader, FunctionReplies replies) {
        SandboxFunction function = aws.function(name);
        function.keepsAtMost(KEPT);
        function.byDefault(invocation -> journaled(
                flow,
                invocation.signature(),
                replies.to(invocation.payload().asByteArrayUnsafe().length, reader.apply(invocation), storm)));
    }

    private Answer put(PutEvents request) {
        List<RecordId> ids = request.entries().stream().map(RecordIds::of).toList();
        return journaled(Flow.EVENTBRIDGE, request.signature(), BusReplies.to(ids, storm));
    }

    private Answer journaled(Flow flow, Signature signature, Reply reply) {
        long arrived = System.nanoTime();
        journal.add(new Exchange(
                flow, signature.accessKeyId(), arrived, answered(arrived, reply.answer()), reply.records()));
        return reply.answer();
    }

    /** A connection that breaks is as good as an answer to who waits for one. */
    private static long answered(long arrived, Answer answer) {
        return answer.kind() == Answer.Kind.HANG
                ? Long.MAX_VALUE
                : arrived + answer.delay().toNanos();
    }

    /** How requests are answered from now on; null: as they should be. */
    void storm(FaultKind kind) {
        storm = kind;
    }

    void stop() {
        aws.stop();
    }

    void restart() {
        aws.restart();
    }

    URI address() {
        return aws.endpoint();
    }

    @Override
    public void close() {
        aws.close();
    }
}
