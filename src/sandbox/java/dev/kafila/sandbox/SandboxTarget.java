package dev.kafila.sandbox;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Something of AWS that takes requests: it answers as told, and keeps what it received.
 *
 * <p>Which answer a request gets: that of the first rule ({@link #answersWhen}, {@link #everyNth}) that applies, else the next of
 * {@link #answers}, else the one of {@link #byDefault}, else success. Safe for use by several threads. Predicates and
 * functions run on the endpoint's one thread and must not wait for anything.
 *
 * @param <R> one request
 */
public abstract sealed class SandboxTarget<R>
        permits SandboxFunction,
                SandboxEvents,
                SandboxRoles,
                SandboxSchemas,
                SandboxSecrets,
                SandboxBuckets,
                SandboxMessages {
    /** How many requests are kept to be read back, unless told otherwise. */
    static final int KEPT = 100_000;

    private final Deque<Answer> script = new ArrayDeque<>();
    private final List<Rule<R>> rules = new ArrayList<>();
    private final Latest<R> received = new Latest<>(KEPT);
    private final Latest<R> delivered = new Latest<>(KEPT);
    private final List<Consumer<R>> listeners = new CopyOnWriteArrayList<>();
    private Function<R, Answer> fallback = request -> Answer.ok();
    private long count;
    private long deliveredCount;
    private int inFlight;
    private int maxInFlight;

    SandboxTarget() {}

    private record Rule<R>(Predicate<R> applies, Answer answer) {}

    /** Answers the next requests in this order, one each; after what earlier calls left. */
    public final synchronized void answers(Answer... next) {
        script.addAll(List.of(next));
    }

    /** Answers so whenever no other rule has an answer. */
    public final synchronized void byDefault(Answer answer) {
        byDefault(request -> answer);
    }

    public final synchronized void byDefault(Function<R, Answer> answer) {
        fallback = Objects.requireNonNull(answer);
    }

    /** Answers every request that matches so, for ever; earlier rules come first. */
    public final synchronized void answersWhen(Predicate<R> applies, Answer answer) {
        rules.add(new Rule<>(applies, answer));
    }

    /** Answers each n-th request from now on so. */
    public final synchronized void everyNth(int n, Answer answer) {
        long start = count;
        rules.add(new Rule<>(request -> (count - start) % n == 0, answer));
    }

    /** Answers so whatever comes while that many requests wait already, as a service does that scales by concurrency. */
    public final synchronized void answersBeyond(int requestsInFlight, Answer answer) {
        rules.add(new Rule<>(request -> inFlight > requestsInFlight, answer));
    }

    /** Answers so whatever comes faster than that; after a pause of a second, as many may come at once. */
    public final synchronized void answersFasterThan(int requestsPerSecond, Answer answer) {
        TokenBucket bucket = new TokenBucket(requestsPerSecond, System::nanoTime);
        rules.add(new Rule<>(request -> !bucket.take(), answer));
    }

    /** Forgets all rules and answers: every request succeeds from now on. What was received stays. */
    public synchronized void answersNormally() {
        script.clear();
        rules.clear();
        fallback = request -> Answer.ok();
    }

    /** Tells of every request that is answered with success, before the answer. Stays when everything else is reset. */
    public final void onDelivery(Consumer<R> listener) {
        listeners.add(listener);
    }

    /** How many requests are kept to be read back, the latest; 100,000 unless told. Counters count all. */
    public synchronized void keepsAtMost(int requests) {
        received.limit(requests);
        delivered.limit(requests);
    }

    /** Every request, in order of arrival: what was on the wire, also if it was refused. */
    public final synchronized List<R> received() {
        return received.all();
    }

    /** The requests that were answered with success. */
    public final synchronized List<R> delivered() {
        return delivered.all();
    }

    public final synchronized long count() {
        return count;
    }

    public final synchronized long deliveredCount() {
        return deliveredCount;
    }

    /** Requests that wait for their answer now. */
    public final synchronized int inFlight() {
        return inFlight;
    }

    /** The most requests that ever waited for their answers at the same time. */
    public final synchronized int maxInFlight() {
        return maxInFlight;
    }

    /** Forgets everything: rules, answers and what was received. */
    public synchronized void reset() {
        answersNormally();
        received.clear();
        delivered.clear();
        count = 0;
        deliveredCount = 0;
        maxInFlight = inFlight;
    }

    /** Takes a request that passed the checks and says how it is answered; {@link #answered} must follow. */
    final Answer receive(R request) {
        Answer answer = take(request);
        if (answer.delivers()) {
            listeners.forEach(listener -> listener.accept(request));
        }
        return answer;
    }

    private synchronized Answer take(R request) {
        keep(request);
        Answer answer = choose(request);
        if (answer.delivers()) {
            keepDelivered(request);
        }
        return answer;
    }

    private void keepDelivered(R request) {
        deliveredCount++;
        delivered.add(request);
    }

    /** Takes a request that somebody else answers, unless a rule or the script does; {@link #answered} must follow. */
    final Optional<Answer> intercept(R request) {
        Optional<Answer> told;
        synchronized (this) {
            keep(request);
            told = Optional.ofNullable(told(request));
        }
        told.filter(Answer::delivers).ifPresent(answer -> delivered(request));
        return told;
    }

    /** A request that was intercepted is answered with success. */
    final void delivered(R request) {
        synchronized (this) {
            keepDelivered(request);
        }
        listeners.forEach(listener -> listener.accept(request));
    }

    /** Takes a request that AWS refuses by itself; {@link #answered} must follow. */
    final synchronized Answer refuse(R request, Answer refusal) {
        keep(request);
        return refusal;
    }

    final synchronized void answered() {
        inFlight--;
    }

    private void keep(R request) {
        count++;
        received.add(request);
        inFlight++;
        maxInFlight = Math.max(maxInFlight, inFlight);
    }

    private Answer choose(R request) {
        Answer told = told(request);
        return told == null ? fallback.apply(request) : told;
    }

    /** Null if neither a rule nor the script has an answer. */
    private Answer told(R request) {
        for (Rule<R> rule : rules) {
            if (rule.applies().test(request)) {
                return rule.answer();
            }
        }
        return script.pollFirst();
    }
}
