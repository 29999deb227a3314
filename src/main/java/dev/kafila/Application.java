package dev.kafila;

import dev.kafila.management.Management;
import dev.kafila.plugins.PluginDirectory;
import dev.kafila.reload.Flows;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalInt;
import org.apache.camel.CamelContext;
import org.apache.camel.main.Main;

/**
 * Kafila in this process: the routes and kamelets of the jar and of a directory, on a Camel of its own. Several may run in one
 * process; closing one drains what it is delivering.
 */
public final class Application implements AutoCloseable {
    /** Bean: the client of Lambda of the route {@code kafka-to-lambda}; there while that route is on. */
    public static final String LAMBDA_CLIENT = "kafilaLambdaClient";

    private final PluginDirectory plugins;
    private final Main main;

    private Application(PluginDirectory plugins, Main main) {
        this.plugins = plugins;
        this.main = main;
    }

    /**
     * Starts it, and returns when its routes are started.
     *
     * @param properties what Camel sees of the configuration
     * @param directory  where {@code routes/} and {@code kamelets/} are looked for
     */
    public static Application start(Map<String, String> properties, Path directory) throws Exception {
        PluginDirectory plugins = PluginDirectory.open(directory.resolve("lib"));
        Flows flows = Flows.read(directory);
        Main main = new KafilaMain(properties, plugins.classLoader());
        flows.install(main);
        Management.configure(main);
        Application application = new Application(plugins, main);
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(plugins.classLoader());
        try {
            main.start();
            Management.attach(main.getCamelContext());
        } catch (Exception e) {
            application.closeAfter(e);
            throw e;
        } finally {
            thread.setContextClassLoader(before);
        }
        return application;
    }

    public CamelContext camelContext() {
        return main.getCamelContext();
    }

    /** The port of health, metrics and partitions; empty when {@code camel.management.enabled} is false. */
    public OptionalInt managementPort() {
        return Management.port(camelContext());
    }

    @Override
    public void close() throws IOException {
        try {
            main.stop();
        } finally {
            plugins.close();
        }
    }

    private void closeAfter(Exception failure) {
        try {
            close();
        } catch (IOException | RuntimeException e) {
            failure.addSuppressed(e);
        }
    }
}
