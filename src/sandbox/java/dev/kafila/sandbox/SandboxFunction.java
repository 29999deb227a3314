package dev.kafila.sandbox;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** A Lambda function of the sandbox. */
public final class SandboxFunction extends SandboxTarget<Invocation> {
    private final String name;
    private final List<Invocation> dryRuns = new CopyOnWriteArrayList<>();
    private volatile Answer dryRunAnswer = Answer.ok();
    private volatile Answer getFunctionAnswer = Answer.ok();
    private volatile FunctionConfiguration configuration = FunctionConfiguration.DEFAULT;
    /** Null: it answers by itself. */
    private volatile RuntimeWork processes;

    SandboxFunction(String name) {
        this.name = name;
    }

    public String name() {
        return name;
    }

    /** The DryRun requests: nothing runs, so they are neither among the received ones nor answered by any rule. */
    public List<Invocation> dryRuns() {
        return List.copyOf(dryRuns);
    }

    /** How DryRun requests are answered from now on, as when a permission is missing. */
    public void answersDryRunsWith(Answer answer) {
        dryRunAnswer = Objects.requireNonNull(answer);
    }

    /** How GetFunction is answered from now on, as when only invoking is permitted. */
    public void answersGetFunctionWith(Answer answer) {
        getFunctionAnswer = Objects.requireNonNull(answer);
    }

    public FunctionConfiguration configuration() {
        return configuration;
    }

    /** What GetFunction tells from now on. */
    public void configure(FunctionConfiguration told) {
        configuration = Objects.requireNonNull(told);
    }

    void servedBy(RuntimeWork work) {
        processes = work;
    }

    /** Those that serve it; empty: it answers by itself. */
    Optional<RuntimeWork> processes() {
        return Optional.ofNullable(processes);
    }

    Answer getFunction() {
        return getFunctionAnswer;
    }

    Answer dryRun(Invocation invocation) {
        dryRuns.add(invocation);
        return dryRunAnswer;
    }

    @Override
    public synchronized void reset() {
        super.reset();
        dryRuns.clear();
        dryRunAnswer = Answer.ok();
        getFunctionAnswer = Answer.ok();
        configuration = FunctionConfiguration.DEFAULT;
    }
}
