package dev.kafila.mapping.metrics;

import dev.kafila.mapping.Mapping;
import dev.kafila.mapping.MappingStatus;
import dev.kafila.mapping.StateListener;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Writes one line to the log for every change of a mapping's state, under a name of its own: {@value #NAME}. In JSON its parts are fields
 * {@code uuid}, {@code function}, {@code from}, {@code to}, {@code reason}, {@code version} and {@code time}.
 */
public final class StateLog implements StateListener {
    /** Of the logger. */
    public static final String NAME = "dev.kafila.mapping.state";

    private static final Logger LOG = LoggerFactory.getLogger(NAME);
    private static final String USER_INITIATED = "USER_INITIATED";

    private final InstantSource clock;

    public StateLog(InstantSource clock) {
        this.clock = clock;
    }

    /** A warning unless somebody wanted the change. */
    @Override
    public void changed(Mapping mapping, MappingStatus before, MappingStatus after) {
        String from = before == null ? "" : before.state();
        String function = mapping.configuration().functionArn();
        LOG.atLevel(USER_INITIATED.equals(after.reason()) ? Level.INFO : Level.WARN)
                .addKeyValue("uuid", mapping.uuid())
                .addKeyValue("function", function)
                .addKeyValue("from", from)
                .addKeyValue("to", after.state())
                .addKeyValue("reason", after.reason())
                .addKeyValue("version", mapping.version())
                .addKeyValue("time", clock.instant())
                .log(
                        "Mapping {} to {} is {}{} ({}), version {}",
                        mapping.uuid(),
                        function,
                        after.state(),
                        from.isEmpty() || from.equals(after.state()) ? "" : " after " + from,
                        after.reason(),
                        mapping.version());
    }
}
