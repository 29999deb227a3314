package dev.kafila.sandbox;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The invocations of a function between those who invoke it and the processes that serve it. On the endpoint's one thread only.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html">Runtime API</a>
 */
final class RuntimeWork {
    private final Vertx vertx;
    private final SandboxFunction function;
    private final Deque<Job> waiting = new ArrayDeque<>();
    private final Deque<Consumer<Invocation>> idle = new ArrayDeque<>();
    private final Map<String, Job> running = new HashMap<>();
    /** Null while the processes can start. */
    private Answer initError;

    RuntimeWork(Vertx vertx, SandboxFunction function) {
        this.vertx = vertx;
        this.function = function;
    }

    private record Job(Invocation invocation, Promise<Answer> answer) {}

    /** What the function will have answered. */
    Future<Answer> submit(Invocation invocation) {
        Job job = new Job(invocation, Promise.promise());
        if (initError != null) {
            return Future.succeededFuture(initError);
        }
        waiting.addLast(job);
        handOut();
        return job.answer().future();
    }

    /** A process that waits for its next invocation. */
    void next(Consumer<Invocation> process) {
        initError = null;
        idle.addLast(process);
        handOut();
    }

    /** A process that does not wait any more. */
    void gone(Consumer<Invocation> process) {
        idle.remove(process);
    }

    /** False if nobody waits for this answer, or not any more. */
    boolean answer(String requestId, Answer answer) {
        Optional<Job> job = Optional.ofNullable(running.remove(requestId));
        job.ifPresent(done -> done.answer().complete(answer));
        return job.isPresent();
    }

    /** No process can start: whoever waits is told, and whoever invokes the function from now on. */
    void cannotStart(Answer error) {
        initError = error;
        waiting.forEach(job -> job.answer().complete(error));
        waiting.clear();
    }

    private void handOut() {
        while (!waiting.isEmpty() && !idle.isEmpty()) {
            Job job = waiting.removeFirst();
            String requestId = job.invocation().requestId();
            running.put(requestId, job);
            Duration timeout = function.configuration().timeout();
            vertx.setTimer(timeout.toMillis(), timer -> answer(requestId, timedOut(requestId, timeout)));
            idle.removeFirst().accept(job.invocation());
        }
    }

    private static Answer timedOut(String requestId, Duration timeout) {
        String seconds = String.format(Locale.ROOT, "%.2f", timeout.toMillis() / 1000.0);
        return failure(
                "Sandbox.Timedout", "RequestId: " + requestId + " Error: Task timed out after " + seconds + " seconds");
    }

    /** An error that Lambda reports in the function's stead. */
    static Answer failure(String type, String message) {
        return Answer.functionError("Unhandled", JsonText.write(Map.of("errorType", type, "errorMessage", message)));
    }
}
