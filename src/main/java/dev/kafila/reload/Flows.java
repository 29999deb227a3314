package dev.kafila.reload;

import dev.kafila.preflight.Preflight;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.apache.camel.health.HealthCheckRegistry;
import org.apache.camel.main.Main;

/**
 * The routes and kamelets of an application: those of the jar, replaced by files of the same name in {@code routes/} and
 * {@code kamelets/} of a directory, which may add others. While the application runs they follow the files.
 */
public final class Flows implements AutoCloseable {
    private final FlowFiles builtIn;
    private final Path directory;
    private final AtomicReference<FlowFiles> running;
    private FlowCollector collector;
    private FlowWatch watch;

    private Flows(FlowFiles builtIn, Path directory) throws IOException {
        this.builtIn = builtIn;
        this.directory = directory;
        this.running = new AtomicReference<>(builtIn.replacedBy(FlowReader.below(directory)));
    }

    /** Reads what the jar and the directory hold now. */
    public static Flows read(Path directory) throws IOException {
        return new Flows(FlowReader.builtIn(), directory);
    }

    /** Where route files are looked for. */
    public Path directory() {
        return directory.resolve(FlowReader.ROUTES).toAbsolutePath();
    }

    /** Lets this Camel run these routes, and find these kamelets and no others. Before it is started. */
    public void install(Main main) {
        collector = install(main, running::get);
    }

    /** Makes everything that the routes need without starting any, and refuses what would go unseen once they run. */
    public void check(Main main) throws Exception {
        main.init();
        main.getCamelContext().init();
        KameletParameters.check(main.getCamelContext());
        RouteConfigurations.check(main.getCamelContext());
        // Answers come while the rest starts.
        Preflight.of(main.getCamelContext()).begin();
    }

    /**
     * Follows the files from now on.
     *
     * @param main  which is started
     * @param mains makes a Camel configured as {@code main} is, to try edits on
     */
    public void watch(Main main, Supplier<Main> mains) {
        LiveRoutes routes = new LiveRoutes(main.getCamelContext(), collector.builders());
        Reloader reloader = new Reloader(running, routes, new Rehearsal(mains));
        HealthCheckRegistry health = HealthCheckRegistry.get(main.getCamelContext());
        if (health != null) {
            health.register(new ReloadHealthCheck(reloader::status));
        }
        watch = new FlowWatch(builtIn, directory, reloader);
        watch.start();
    }

    /** Stops following; before the Camel is stopped. */
    @Override
    public void close() {
        if (watch != null) {
            watch.close();
        }
    }

    static FlowCollector install(Main main, Supplier<FlowFiles> files) {
        FlowCollector collector = new FlowCollector(files.get().routes());
        main.setRoutesCollector(collector);
        main.configure().withRoutesIncludePattern("false");
        main.bind("resource-loader-" + KameletResolver.SCHEME, new KameletResolver(files));
        main.addInitialProperty("camel.component.kamelet.location", KameletResolver.SCHEME + ":kamelets");
        return collector;
    }
}
