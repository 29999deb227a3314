package dev.kafila.eventbridge;

import dev.kafila.delivery.GivingUp;
import dev.kafila.delivery.RecordAge;
import dev.kafila.delivery.TargetState;
import dev.kafila.failure.FailurePolicy;
import dev.kafila.failure.RetryPolicy;
import dev.kafila.failure.Sink;
import java.util.concurrent.Executor;

/**
 * A bus with what it takes to deliver to it. Its parts are safe for use by several threads.
 *
 * @param ordered whether the requests of a partition go out one after another
 * @param policy  that {@code givingUp} applies
 * @param limiter of the requests of all partitions
 * @param threads that requests run on, but for those that a batch's own thread sends
 */
record BusTarget(
        Sink sink,
        boolean ordered,
        EntryReader reader,
        RequestSender sender,
        RequestLimiter limiter,
        Executor threads,
        RecordAge age,
        RetryPolicy retry,
        FailurePolicy policy,
        GivingUp givingUp,
        TargetState state) {}
