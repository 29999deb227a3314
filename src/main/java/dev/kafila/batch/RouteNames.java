package dev.kafila.batch;

import org.apache.camel.CamelContext;
import org.apache.camel.model.Model;
import org.apache.camel.model.RouteDefinition;

/** Finds the name that a user knows a consumer's route by. */
final class RouteNames {
    private RouteNames() {}

    /**
     * The route that consumes from the kamelet whose own route this is, or the route itself. It is asked of the model: on a reload the
     * kamelet's route consumes before that of the user is there.
     */
    static String flow(CamelContext context, String routeId) {
        Model model = context.getCamelContextExtension().getContextPlugin(Model.class);
        String flow = routeId;
        while (parent(model.getRouteDefinition(flow)) instanceof String parent) {
            flow = parent;
        }
        return flow;
    }

    /** Null for a route that no kamelet made. */
    private static Object parent(RouteDefinition route) {
        return route == null || !Boolean.TRUE.equals(route.isKamelet())
                ? null
                : route.getTemplateParameters().get("parentRouteId");
    }
}
