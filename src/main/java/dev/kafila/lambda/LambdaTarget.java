package dev.kafila.lambda;

import dev.kafila.failure.Sink;

/** A function with what it takes to deliver to it. */
record LambdaTarget(Sink sink, FunctionState state, LambdaInvoker invoker, BatchDelivery delivery) {}
