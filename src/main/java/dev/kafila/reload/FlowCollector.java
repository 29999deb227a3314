package dev.kafila.reload;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.main.DefaultRoutesCollector;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.PluginHelper;

/** Hands Camel the route files at start, before those of {@code camel.main.routes-include-pattern}. */
final class FlowCollector extends DefaultRoutesCollector {
    private final FlowFiles files;

    FlowCollector(FlowFiles files) {
        this.files = files;
    }

    @Override
    public Collection<RoutesBuilder> collectRoutesFromDirectory(
            CamelContext camelContext, String excludePattern, String includePattern) {
        List<Resource> resources = new ArrayList<>();
        files.routes().values().forEach(file -> resources.add(new FlowResource(file)));
        List<RoutesBuilder> builders = new ArrayList<>();
        try {
            builders.addAll(PluginHelper.getRoutesLoader(camelContext).findRoutesBuilders(resources));
        } catch (Exception e) {
            throw RuntimeCamelException.wrapRuntimeException(e);
        }
        builders.addAll(super.collectRoutesFromDirectory(camelContext, excludePattern, includePattern));
        return builders;
    }
}
