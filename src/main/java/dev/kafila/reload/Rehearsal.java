package dev.kafila.reload;

import java.util.function.Supplier;
import org.apache.camel.main.Main;

/**
 * Tries route files on a Camel that is thrown away: it is built and initialised with the same configuration, so that every endpoint,
 * kamelet and bean is made, but nothing is started.
 */
final class Rehearsal {
    private final Supplier<Main> mains;

    /** @param mains makes a Camel that is configured as the running one, but has no routes yet and is not started */
    Rehearsal(Supplier<Main> mains) {
        this.mains = mains;
    }

    /** @throws RefusedException if these files cannot run, with the file and line where that is known */
    void check(FlowFiles files) throws RefusedException {
        Main main = mains.get();
        // These would listen, or count what does not happen.
        main.addOverrideProperty("camel.management.enabled", "false");
        main.addOverrideProperty("camel.server.enabled", "false");
        main.addOverrideProperty("camel.metrics.enabled", "false");
        Flows.install(main, () -> files);
        try {
            main.init();
            main.getCamelContext().init();
            KameletParameters.check(main.getCamelContext());
        } catch (Exception | LinkageError e) {
            throw new RefusedException(Reasons.of(e, main.getCamelContext()), e);
        } finally {
            main.stop();
        }
    }

    static final class RefusedException extends Exception {
        RefusedException(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
