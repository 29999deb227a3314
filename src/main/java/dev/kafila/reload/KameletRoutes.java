package dev.kafila.reload;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.camel.Endpoint;
import org.apache.camel.Route;
import org.apache.camel.component.kamelet.KameletEndpoint;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.RouteDefinition;

/** The routes that Camel makes of kamelets: it does not remove them together with the route that uses them. */
final class KameletRoutes {
    private final ModelCamelContext context;

    KameletRoutes(ModelCamelContext context) {
        this.context = context;
    }

    static boolean isMadeOf(RouteDefinition route, Set<String> templates) {
        return route.getTemplateParameters() != null
                && route.getTemplateParameters().get("templateId") instanceof String template
                && templates.contains(template);
    }

    /**
     * Stops a route, but before it what feeds it: a consumer inside of a source kamelet drains into the steps of the route
     * that uses the kamelet, which therefore has to outlive it.
     */
    void stopWithSources(String routeId) throws Exception {
        Deque<String> sourcesFirst = new ArrayDeque<>();
        Route route = context.getRoute(routeId);
        while (route != null && !sourcesFirst.contains(route.getId())) {
            sourcesFirst.push(route.getId());
            route = route.getEndpoint() instanceof KameletEndpoint kamelet && !isInside(kamelet)
                    ? context.getRoute(kamelet.getRouteId())
                    : null;
        }
        for (String id : sourcesFirst) {
            context.getRouteController().stopRoute(id);
        }
    }

    /** Removes the routes of kamelets that no route uses any more. */
    void removeOrphans() throws Exception {
        boolean removed = true;
        while (removed) {
            removed = false;
            Set<String> used = used();
            for (RouteDefinition route : List.copyOf(context.getRouteDefinitions())) {
                if (Boolean.TRUE.equals(route.isKamelet()) && !used.contains(route.getId())) {
                    stopWithSources(route.getId());
                    context.removeRouteDefinition(route);
                    removed = true;
                }
            }
        }
    }

    private Set<String> used() {
        Set<String> used = new HashSet<>();
        for (Endpoint endpoint : context.getEndpoints()) {
            if (endpoint instanceof KameletEndpoint kamelet && !isInside(kamelet)) {
                used.add(kamelet.getRouteId());
            }
        }
        return used;
    }

    /** {@code kamelet:source} and {@code kamelet:sink} are a kamelet's ends, seen from inside. */
    private static boolean isInside(KameletEndpoint endpoint) {
        String uri = endpoint.getEndpointBaseUri();
        return uri.equals("kamelet://source") || uri.equals("kamelet://sink");
    }
}
