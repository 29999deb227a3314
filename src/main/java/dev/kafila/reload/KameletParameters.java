package dev.kafila.reload;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.component.kamelet.Kamelet;
import org.apache.camel.component.kamelet.KameletEndpoint;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.RouteTemplateDefinition;
import org.apache.camel.model.RouteTemplateParameterDefinition;

/** Refuses parameters that a kamelet does not have. Camel takes them and does nothing with them, so that a typo would go unseen. */
final class KameletParameters {
    private static final Set<String> CAMELS_OWN = Set.of(
            Kamelet.PARAM_TEMPLATE_ID,
            Kamelet.PARAM_ROUTE_ID,
            Kamelet.PARAM_UUID,
            Kamelet.NO_ERROR_HANDLER,
            Kamelet.BRIDGE_ERROR_HANDLER,
            "parentRouteId",
            "parentProcessorId");

    private KameletParameters() {}

    /**
     * Looks at every use of a kamelet.
     *
     * @param context that is initialised, so that its endpoints are made
     * @throws IllegalArgumentException that names every parameter that no kamelet knows, and those that there are
     */
    static void check(CamelContext context) {
        List<String> problems = new ArrayList<>();
        for (Endpoint endpoint : context.getEndpoints()) {
            if (endpoint instanceof KameletEndpoint kamelet && kamelet.getKameletProperties() != null) {
                check((ModelCamelContext) context, kamelet, problems);
            }
        }
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join(" ", problems));
        }
    }

    private static void check(ModelCamelContext context, KameletEndpoint kamelet, List<String> problems) {
        RouteTemplateDefinition template = context.getRouteTemplateDefinition(kamelet.getTemplateId());
        if (template == null) {
            return;
        }
        Set<String> known = template.getTemplateParameters().stream()
                .map(RouteTemplateParameterDefinition::getName)
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> unknown = new TreeSet<>(kamelet.getKameletProperties().keySet());
        unknown.removeAll(known);
        unknown.removeAll(CAMELS_OWN);
        if (!unknown.isEmpty()) {
            problems.add("Kamelet " + kamelet.getTemplateId() + " has no parameter " + String.join(", ", unknown)
                    + "; it has " + String.join(", ", known) + ".");
        }
    }
}
