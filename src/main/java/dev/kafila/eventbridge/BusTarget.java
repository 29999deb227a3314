package dev.kafila.eventbridge;

import dev.kafila.delivery.GivingUp;
import dev.kafila.delivery.RecordAge;
import dev.kafila.delivery.TargetState;
import dev.kafila.failure.FailurePolicy;
import dev.kafila.failure.RetryPolicy;
import dev.kafila.failure.Sink;

/**
 * A bus with what it takes to deliver to it. Its parts are safe for use by several threads.
 *
 * @param ordered whether the requests of a partition go out one after another
 * @param policy  that {@code givingUp} applies
 * @param queue   of the requests of all partitions
 */
record BusTarget(
        Sink sink,
        boolean ordered,
        EntryReader reader,
        RequestSender sender,
        RequestQueue queue,
        RecordAge age,
        RetryPolicy retry,
        FailurePolicy policy,
        GivingUp givingUp,
        TargetState state) {}
