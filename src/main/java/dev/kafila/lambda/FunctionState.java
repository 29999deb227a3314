package dev.kafila.lambda;

import dev.kafila.failure.Sink;
import java.util.Map;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether a function can be invoked at all, for readiness; liveness is not concerned. */
final class FunctionState extends AbstractHealthCheck {
    private static final Logger LOG = LoggerFactory.getLogger(FunctionState.class);

    private final String function;
    private volatile String problem;

    FunctionState(Sink sink) {
        super("kafila", "lambda-" + sink.target() + "-" + (sink.route().isEmpty() ? sink.id() : sink.route()));
        function = sink.target();
    }

    /** Somebody has to put something right; whoever finds out logs it. */
    void broken(String reason) {
        problem = reason;
    }

    /** The function took something. */
    void works() {
        // Read first: a write for every batch would be seen by all cores.
        if (problem != null) {
            problem = null;
            LOG.info("Function {} can be invoked again", function);
        }
    }

    @Override
    public boolean isLiveness() {
        return false;
    }

    @Override
    protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
        String reason = problem;
        builder.detail("function", function);
        if (reason == null) {
            builder.up();
        } else {
            builder.message(reason).down();
        }
    }
}
