package dev.kafila.mapping.poll;

import dev.kafila.delivery.Outcome;
import dev.kafila.delivery.Outcome.Configuration;
import dev.kafila.delivery.Outcome.Delivered;
import dev.kafila.delivery.Outcome.Permanent;
import dev.kafila.delivery.Outcome.Retry;
import dev.kafila.delivery.Outcome.Split;
import dev.kafila.failure.FailureKind;
import dev.kafila.lambda.InvocationListener;
import dev.kafila.record.SourceUnavailableException;
import java.util.concurrent.atomic.AtomicBoolean;

/** What the function of a mapping answered last. */
final class Results implements InvocationListener {
    private static final Last OK = new Last("OK", null);
    private static final Last NONE = new Last(null, null);

    private final AtomicBoolean throttled = new AtomicBoolean();
    private volatile Last last = NONE;

    /**
     * @param result  {@code LastProcessingResult}; null before the first call
     * @param problem that no call gets past before somebody puts it right; null: there is none
     */
    record Last(String result, Problem problem) {}

    @Override
    public void invoked(int records, Outcome outcome) {
        last = of(outcome);
        if (outcome instanceof Retry again && again.kind() == FailureKind.THROTTLE) {
            throttled.set(true);
        }
    }

    @Override
    public void unreadable(SourceUnavailableException why) {
        last = new Last("PROBLEM: " + why.getCause().getMessage(), null);
    }

    private static Last of(Outcome outcome) {
        if (outcome instanceof Delivered) {
            return OK;
        }
        if (outcome instanceof Configuration wrong) {
            Problem problem = Problem.function(wrong.code());
            return new Last(problem.result(), problem);
        }
        if (outcome instanceof Retry again) {
            return new Last(failed(again.kind(), again.code()), null);
        }
        if (outcome instanceof Split split) {
            return new Last(failed(FailureKind.TOO_LARGE, split.code()), null);
        }
        Permanent permanent = (Permanent) outcome;
        return new Last(failed(permanent.kind(), permanent.code()), null);
    }

    /** AWS says no more where it was the function that failed. */
    private static String failed(FailureKind kind, String code) {
        return "PROBLEM: Function call failed" + (kind == FailureKind.FUNCTION_ERROR ? "" : ": " + code);
    }

    Last last() {
        return last;
    }

    /** Whether a call was refused for being one too many since this was asked last. */
    boolean takeThrottled() {
        return throttled.getAndSet(false);
    }
}
