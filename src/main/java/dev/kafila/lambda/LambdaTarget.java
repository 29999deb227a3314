package dev.kafila.lambda;

import dev.kafila.delivery.TargetState;

/** A function with what it takes to deliver to it. */
record LambdaTarget(TargetState state, LambdaInvoker invoker, BatchDelivery delivery) {}
