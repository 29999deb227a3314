package dev.kafila.batch;

import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.component.kamelet.KameletEndpoint;

/** Finds the name that a user knows a consumer's route by. */
final class RouteNames {
    private RouteNames() {}

    /** The route that consumes from the kamelet whose own route this is, or the route itself. */
    static String flow(CamelContext context, String routeId) {
        for (Route route : context.getRoutes()) {
            if (route.getEndpoint() instanceof KameletEndpoint kamelet && routeId.equals(kamelet.getRouteId())) {
                return route.getRouteId();
            }
        }
        return routeId;
    }
}
