package dev.kafila.reload;

import dev.kafila.preflight.Preflight;
import java.util.Collection;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import org.apache.camel.main.Main;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.RouteDefinition;

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

    /**
     * Tries all files.
     *
     * @param changed names of those that are new or changed: what their routes need has to be there
     * @throws RefusedException if these files cannot run, with the file and line where that is known
     */
    void check(FlowFiles files, Collection<String> changed) throws RefusedException {
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
            RouteConfigurations.check(main.getCamelContext());
            Preflight.of(main.getCamelContext()).await(route -> isOf(changed, route, main.getCamelContext()));
        } catch (Exception | LinkageError e) {
            throw new RefusedException(Reasons.of(e, main.getCamelContext()), e);
        } finally {
            main.stop();
        }
    }

    private static boolean isOf(Collection<String> files, String routeId, CamelContext context) {
        RouteDefinition route = ((ModelCamelContext) context).getRouteDefinition(routeId);
        // What cannot be told from what runs is taken for new.
        return route == null
                || route.getLocation() == null
                || files.stream().anyMatch(file -> route.getLocation().endsWith("/" + file));
    }

    static final class RefusedException extends Exception {
        RefusedException(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
