package dev.kafila.reload;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.Enumeration;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** Reads {@code routes/*.camel.yaml} and {@code kamelets/*.kamelet.yaml}, from the jar or from a directory. */
final class FlowReader {
    static final String ROUTES = "routes";
    private static final String ROUTE_SUFFIX = ".camel.yaml";
    private static final String KAMELETS = "kamelets";
    private static final String KAMELET_SUFFIX = ".kamelet.yaml";

    private FlowReader() {}

    /** The name by which routes call a kamelet, from that of its file. */
    static String kameletName(String file) {
        return file.substring(0, file.length() - KAMELET_SUFFIX.length());
    }

    /** What the jar (or the directory of classes) holds that this class was loaded from. */
    static FlowFiles builtIn() throws IOException {
        CodeSource source = FlowReader.class.getProtectionDomain().getCodeSource();
        if (source == null) {
            return FlowFiles.NONE;
        }
        Path path;
        try {
            path = Path.of(source.getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IOException("Cannot tell where the built-in routes are: " + source.getLocation(), e);
        }
        return Files.isDirectory(path) ? below(path) : inJar(path);
    }

    /** What the directory holds; a missing subdirectory holds nothing. */
    static FlowFiles below(Path directory) throws IOException {
        return new FlowFiles(
                files(directory.resolve(ROUTES), ROUTE_SUFFIX), files(directory.resolve(KAMELETS), KAMELET_SUFFIX));
    }

    private static SortedMap<String, FlowFile> files(Path directory, String suffix) throws IOException {
        SortedMap<String, FlowFile> found = new TreeMap<>();
        if (!Files.isDirectory(directory)) {
            return found;
        }
        try (Stream<Path> paths = Files.list(directory)) {
            for (Path path : (Iterable<Path>) paths::iterator) {
                String name = path.getFileName().toString();
                // Editors keep hidden copies beside the file that is edited.
                if (name.endsWith(suffix) && !name.startsWith(".") && Files.isRegularFile(path)) {
                    String location = "file:" + path.toAbsolutePath();
                    found.put(name, new FlowFile(location, Files.readString(path)));
                }
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        return found;
    }

    private static FlowFiles inJar(Path jar) throws IOException {
        SortedMap<String, FlowFile> routes = new TreeMap<>();
        SortedMap<String, FlowFile> kamelets = new TreeMap<>();
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            Enumeration<? extends ZipEntry> entries = zip.entries();
            while (entries.hasMoreElements()) {
                ZipEntry entry = entries.nextElement();
                if (isFile(entry, ROUTES, ROUTE_SUFFIX)) {
                    routes.put(entry.getName().substring(ROUTES.length() + 1), read(zip, entry));
                } else if (isFile(entry, KAMELETS, KAMELET_SUFFIX)) {
                    kamelets.put(entry.getName().substring(KAMELETS.length() + 1), read(zip, entry));
                }
            }
        }
        return new FlowFiles(routes, kamelets);
    }

    private static boolean isFile(ZipEntry entry, String directory, String suffix) {
        String name = entry.getName();
        return name.startsWith(directory + "/") && name.endsWith(suffix) && !entry.isDirectory();
    }

    private static FlowFile read(ZipFile zip, ZipEntry entry) throws IOException {
        try (InputStream stream = zip.getInputStream(entry)) {
            return new FlowFile(
                    "classpath:" + entry.getName(), new String(stream.readAllBytes(), StandardCharsets.UTF_8));
        }
    }
}
