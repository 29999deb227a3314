package dev.kafila.lambda;

import dev.kafila.delivery.SinkFlow;
import dev.kafila.sandbox.SandboxAws;

/** The flow of the kamelet {@code kafila-lambda-sink}. */
public final class LambdaFlow extends SinkFlow<LambdaFlow> {
    public static final String FUNCTION = "orders";

    private LambdaFlow(SandboxAws aws) {
        super("lambda", aws);
        with("function", FUNCTION);
        with("brokers", "localhost:9092");
    }

    public static LambdaFlow to(SandboxAws aws) {
        return new LambdaFlow(aws);
    }

    @Override
    protected LambdaFlow self() {
        return this;
    }

    @Override
    protected String uri(String target) {
        return uri("function", target);
    }
}
