package dev.kafila.reload;

import java.util.List;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.RouteConfigurationDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.support.PatternHelper;

/** Refuses routes that name a route configuration that is not there. Camel runs them without, so that a typo would cost redelivery and dead letters. */
final class RouteConfigurations {

    private RouteConfigurations() {}

    /**
     * Looks at every route.
     *
     * @param context that is initialised
     * @throws IllegalArgumentException that names every such route, and what configurations there are
     */
    static void check(CamelContext context) {
        ModelCamelContext model = (ModelCamelContext) context;
        List<String> known = model.getRouteConfigurationDefinitions().stream()
                .map(RouteConfigurationDefinition::getId)
                .toList();
        List<String> problems = model.getRouteDefinitions().stream()
                .flatMap(route -> unknown(route, known)
                        .map(id -> "Route " + route.getRouteId() + " names the route configuration " + id
                                + ", which is not there; there are " + String.join(", ", known) + "."))
                .toList();
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join(" ", problems));
        }
    }

    private static Stream<String> unknown(RouteDefinition route, List<String> known) {
        String named = route.getRouteConfigurationId();
        return named == null
                ? Stream.empty()
                : Stream.of(named.split(","))
                        .filter(pattern -> known.stream().noneMatch(id -> PatternHelper.matchPattern(id, pattern)));
    }
}
