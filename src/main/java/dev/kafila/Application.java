package dev.kafila;

import dev.kafila.management.Management;
import dev.kafila.plugins.PluginDirectory;
import dev.kafila.reload.Flows;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Supplier;
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
    private final Flows flows;
    private final Main main;

    private Application(PluginDirectory plugins, Flows flows, Main main) {
        this.plugins = plugins;
        this.flows = flows;
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
        Supplier<Main> mains = () -> main(properties, plugins);
        Main main = mains.get();
        flows.install(main);
        Application application = new Application(plugins, flows, main);
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(plugins.classLoader());
        try {
            main.start();
            Management.attach(main.getCamelContext());
            flows.watch(main, mains);
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
        flows.close();
        try {
            main.stop();
        } finally {
            plugins.close();
        }
    }

    private static Main main(Map<String, String> properties, PluginDirectory plugins) {
        Main main = new KafilaMain(properties, plugins.classLoader());
        Management.configure(main);
        return main;
    }

    private void closeAfter(Exception failure) {
        try {
            close();
        } catch (IOException | RuntimeException e) {
            failure.addSuppressed(e);
        }
    }
}
