package dev.kafila.delivery;

import dev.kafila.failure.Sink;
import java.util.Map;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether a target, such as a function, takes anything at all, for readiness; liveness is not concerned. */
public final class TargetState extends AbstractHealthCheck {
    private static final Logger LOG = LoggerFactory.getLogger(TargetState.class);

    private final String kind;
    private final String target;
    private volatile String problem;

    /**
     * Makes the state of a target that works.
     *
     * @param service of AWS, for the name of the check
     * @param kind    what the target is, e.g. {@code function}
     */
    public TargetState(String service, String kind, Sink sink) {
        super("kafila", service + "-" + sink.target() + "-" + (sink.route().isEmpty() ? sink.id() : sink.route()));
        this.kind = kind;
        target = sink.target();
    }

    /** Somebody has to put something right; whoever finds out logs it. */
    public void broken(String reason) {
        problem = reason;
    }

    /** The target took something. */
    public void works() {
        // Read first: a write for every batch would be seen by all cores.
        if (problem != null) {
            problem = null;
            LOG.info("The {} {} works again", kind, target);
        }
    }

    @Override
    public boolean isLiveness() {
        return false;
    }

    @Override
    protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
        String reason = problem;
        builder.detail(kind, target);
        if (reason == null) {
            builder.up();
        } else {
            builder.message(reason).down();
        }
    }
}
