package dev.kafila.reload;

import java.util.Map;
import java.util.function.Supplier;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

/** Shows a refused edit without taking the instance out of service, since what ran before goes on. */
final class ReloadHealthCheck extends AbstractHealthCheck {
    private final Supplier<ReloadStatus> status;

    ReloadHealthCheck(Supplier<ReloadStatus> status) {
        super("kafila", "reload");
        this.status = status;
    }

    @Override
    public boolean isLiveness() {
        return false;
    }

    @Override
    protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
        ReloadStatus now = status.get();
        builder.detail("reload.state", now.state().name())
                .detail("reload.since", now.since().toString());
        if (now.message() != null) {
            builder.message(now.message());
        }
        if (now.state() == ReloadStatus.State.BROKEN) {
            builder.down();
        } else {
            builder.up();
        }
    }
}
