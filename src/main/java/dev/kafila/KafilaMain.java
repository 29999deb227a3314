package dev.kafila;

import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.component.properties.PropertiesComponent;
import org.apache.camel.main.Main;
import org.apache.camel.main.SimpleMainShutdownStrategy;
import org.apache.camel.spi.Registry;

/** Camel's main with what Kafila fixes: properties that were resolved before, plug-ins, and no shutdown hook of its own. */
final class KafilaMain extends Main {
    private final ClassLoader plugins;
    /** Whether there are routes of a user's own, with placeholders of their own. */
    private boolean open = true;

    /** @param properties what Camel sees of the configuration, already resolved from every source */
    KafilaMain(Map<String, String> properties, ClassLoader plugins) {
        this.plugins = plugins;
        setAppName("Kafila on Camel");
        // Nothing but these properties: neither the class path's application.properties nor, again, the environment.
        setPropertyPlaceholderLocations("false");
        configure().setAutoConfigurationEnvironmentVariablesEnabled(false);
        configure().setAutoConfigurationSystemPropertiesEnabled(false);
        configure().setAutoConfigurationLogSummary(false);
        properties.forEach(this::addOverrideProperty);
        // Camel's default registers a shutdown hook even when told not to, and every rehearsal of an edit would leave
        // one behind.
        setShutdownStrategy(new SimpleMainShutdownStrategy());
    }

    /** Resolves placeholders from its properties alone. */
    KafilaMain closed() {
        open = false;
        return this;
    }

    /** Where beans are bound before the context is there. */
    Registry registry() {
        return registry;
    }

    @Override
    protected CamelContext createCamelContext() {
        CamelContext context = super.createCamelContext();
        context.setApplicationContextClassLoader(plugins);
        PropertiesComponent placeholders = (PropertiesComponent) context.getPropertiesComponent();
        placeholders.setEnvironmentVariableMode(PropertiesComponent.ENVIRONMENT_VARIABLES_MODE_NEVER);
        placeholders.setSystemPropertiesMode(PropertiesComponent.SYSTEM_PROPERTIES_MODE_NEVER);
        if (open) {
            placeholders.addPropertiesSource(new ProcessPlaceholders());
        }
        return context;
    }
}
