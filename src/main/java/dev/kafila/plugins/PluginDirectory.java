package dev.kafila.plugins;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The jars of converters, formatters and login modules that a user adds; {@code java -jar} has no class path for them. */
public final class PluginDirectory implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PluginDirectory.class);

    private final URLClassLoader loader;

    private PluginDirectory(URLClassLoader loader) {
        this.loader = loader;
    }

    /**
     * Opens the directory's jars, in the order of their names, with this class's own loader as parent.
     *
     * @param directory may be missing: then there are no plug-ins
     */
    public static PluginDirectory open(Path directory) throws IOException {
        List<Path> jars = jars(directory);
        if (!jars.isEmpty()) {
            LOG.info(
                    "Plug-ins of {}: {}",
                    directory.toAbsolutePath(),
                    jars.stream().map(Path::getFileName).toList());
        }
        return of(jars);
    }

    private static PluginDirectory of(List<Path> jars) {
        URL[] urls = jars.stream().map(PluginDirectory::url).toArray(URL[]::new);
        return new PluginDirectory(new URLClassLoader("plug-ins", urls, PluginDirectory.class.getClassLoader()));
    }

    /** Opens {@code lib} beside the jar that the class was loaded from; a class that comes from a directory, as in a build, has no plug-ins. */
    public static PluginDirectory openBeside(Class<?> type) throws IOException {
        Path jar = Path.of(URI.create(
                type.getProtectionDomain().getCodeSource().getLocation().toString()));
        return Files.isDirectory(jar) ? of(List.of()) : open(jar.resolveSibling("lib"));
    }

    /** Finds what the plug-ins and Kafila itself hold. */
    public ClassLoader classLoader() {
        return loader;
    }

    @Override
    public void close() throws IOException {
        loader.close();
    }

    private static List<Path> jars(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> paths = Files.list(directory)) {
            return paths.filter(path -> path.getFileName().toString().endsWith(".jar"))
                    .filter(Files::isRegularFile)
                    .sorted()
                    .toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static URL url(Path jar) {
        try {
            return jar.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalStateException("Not a file of the default file system: " + jar, e);
        }
    }
}
