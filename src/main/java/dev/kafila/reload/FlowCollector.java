package dev.kafila.reload;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.camel.CamelContext;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.builder.RouteConfigurationBuilder;
import org.apache.camel.main.DefaultRoutesCollector;
import org.apache.camel.support.PluginHelper;

/** Hands Camel the route files at start, before those of {@code camel.main.routes-include-pattern}, and remembers which is which. */
final class FlowCollector extends DefaultRoutesCollector {
    private final Map<String, FlowFile> files;
    private final Map<String, RouteConfigurationBuilder> builders = new TreeMap<>();

    FlowCollector(Map<String, FlowFile> files) {
        this.files = files;
    }

    /** What was made of each file, by the file's name. */
    Map<String, RouteConfigurationBuilder> builders() {
        return builders;
    }

    @Override
    public Collection<RoutesBuilder> collectRoutesFromDirectory(
            CamelContext camelContext, String excludePattern, String includePattern) {
        try {
            builders.putAll(builders(camelContext, files));
        } catch (Exception e) {
            throw RuntimeCamelException.wrapRuntimeException(e);
        }
        List<RoutesBuilder> all = new ArrayList<>(builders.values());
        all.addAll(super.collectRoutesFromDirectory(camelContext, excludePattern, includePattern));
        return all;
    }

    /** Reads the files as Camel's YAML, as far as that is possible without adding them to the context. */
    static Map<String, RouteConfigurationBuilder> builders(CamelContext context, Map<String, FlowFile> files)
            throws Exception {
        Map<String, RouteConfigurationBuilder> builders = new TreeMap<>();
        for (Map.Entry<String, FlowFile> file : files.entrySet()) {
            FlowResource resource = new FlowResource(file.getValue());
            for (RoutesBuilder builder : PluginHelper.getRoutesLoader(context).findRoutesBuilders(List.of(resource))) {
                builders.put(file.getKey(), (RouteConfigurationBuilder) builder);
            }
        }
        return builders;
    }
}
