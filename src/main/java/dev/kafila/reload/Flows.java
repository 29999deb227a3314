package dev.kafila.reload;

import java.io.IOException;
import java.nio.file.Path;
import org.apache.camel.main.Main;

/**
 * The routes and kamelets of an application: those of the jar, replaced by files of the same name in {@code routes/} and
 * {@code kamelets/} of a directory, which may add others.
 */
public final class Flows {
    private volatile FlowFiles running;

    private Flows(FlowFiles running) {
        this.running = running;
    }

    /** Reads what the jar and the directory hold now. */
    public static Flows read(Path directory) throws IOException {
        return new Flows(FlowReader.builtIn().replacedBy(FlowReader.below(directory)));
    }

    /** Lets this Camel run these routes, and find these kamelets and no others. Before it is started. */
    public void install(Main main) {
        FlowFiles files = running;
        main.setRoutesCollector(new FlowCollector(files));
        main.configure().withRoutesIncludePattern("false");
        main.bind("resource-loader-" + KameletResolver.SCHEME, new KameletResolver(() -> running));
        main.addInitialProperty("camel.component.kamelet.location", KameletResolver.SCHEME + ":kamelets");
    }
}
