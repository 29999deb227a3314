package dev.kafila.reload;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.builder.RouteConfigurationBuilder;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.RouteConfigurationDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.RouteTemplateDefinition;

/** The routes of a running context, by the file that they come from. For one thread. */
final class LiveRoutes {
    private final ModelCamelContext context;
    private final KameletRoutes kamelets;
    private final Map<String, RouteConfigurationBuilder> loaded;

    LiveRoutes(CamelContext context, Map<String, RouteConfigurationBuilder> loaded) {
        this.context = (ModelCamelContext) context;
        this.kamelets = new KameletRoutes(this.context);
        this.loaded = new TreeMap<>(loaded);
    }

    /** Drains and removes what these files brought; a file that brought nothing is passed over. */
    void remove(Collection<String> files) throws Exception {
        for (String file : files) {
            RouteConfigurationBuilder builder = loaded.remove(file);
            if (builder != null) {
                remove(builder);
            }
        }
        kamelets.removeOrphans();
    }

    private void remove(RouteConfigurationBuilder builder) throws Exception {
        Set<String> templates = new HashSet<>();
        for (RouteTemplateDefinition template :
                builder.getRouteTemplateCollection().getRouteTemplates()) {
            templates.add(template.getId());
        }
        for (RouteDefinition route : List.copyOf(context.getRouteDefinitions())) {
            if (builder.getRouteCollection().getRoutes().contains(route) || KameletRoutes.isMadeOf(route, templates)) {
                kamelets.stopWithSources(route.getId());
                context.removeRouteDefinition(route);
            }
        }
        for (String template : templates) {
            context.removeRouteTemplateDefinition(context.getRouteTemplateDefinition(template));
        }
        for (RouteConfigurationDefinition configuration :
                builder.getRouteConfigurationCollection().getRouteConfigurations()) {
            context.removeRouteConfiguration(configuration);
        }
    }

    /** Forgets these kamelets, so that the next use reads them again. */
    void forgetKamelets(Collection<String> files) throws Exception {
        for (String file : files) {
            RouteTemplateDefinition template = context.getRouteTemplateDefinition(FlowReader.kameletName(file));
            if (template != null) {
                context.removeRouteTemplateDefinition(template);
            }
        }
    }

    /** Adds these files and starts their routes; on a failure, takes away again what was added. */
    void add(Map<String, FlowFile> files) throws Exception {
        Set<RouteDefinition> routesBefore = new HashSet<>(context.getRouteDefinitions());
        Set<Endpoint> endpointsBefore = new HashSet<>(context.getEndpoints());
        Map<String, RouteConfigurationBuilder> builders = FlowCollector.builders(context, files);
        try {
            start(builders.values());
        } catch (Exception e) {
            undo(builders.values(), routesBefore, endpointsBefore, e);
            throw e;
        }
        loaded.putAll(builders);
    }

    private void start(Collection<RouteConfigurationBuilder> builders) throws Exception {
        for (RouteConfigurationBuilder builder : builders) {
            requireNoRest(builder);
            context.addRoutesConfigurations(builder);
        }
        for (RouteConfigurationBuilder builder : builders) {
            context.addRoutes(builder);
        }
        for (RouteConfigurationBuilder builder : builders) {
            context.addTemplatedRoutes(builder);
        }
    }

    private static void requireNoRest(RouteConfigurationBuilder builder) {
        if (!builder.getRestCollection().getRests().isEmpty()) {
            throw new IllegalArgumentException(builder.getResource().getLocation()
                    + " has a REST service, which takes effect at the next start only");
        }
    }

    private void undo(
            Collection<RouteConfigurationBuilder> builders,
            Set<RouteDefinition> routesBefore,
            Set<Endpoint> endpointsBefore,
            Exception failure) {
        try {
            for (RouteConfigurationBuilder builder : builders) {
                remove(builder);
            }
            List<RouteDefinition> left = new ArrayList<>(context.getRouteDefinitions());
            left.removeAll(routesBefore);
            for (RouteDefinition route : left) {
                kamelets.stopWithSources(route.getId());
                context.removeRouteDefinition(route);
            }
            for (Endpoint endpoint : List.copyOf(context.getEndpoints())) {
                if (!endpointsBefore.contains(endpoint)) {
                    context.removeEndpoint(endpoint);
                }
            }
        } catch (Exception e) {
            failure.addSuppressed(e);
        }
    }
}
