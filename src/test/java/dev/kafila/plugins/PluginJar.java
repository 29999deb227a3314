package dev.kafila.plugins;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/** Jars with a class that is compiled for a test, and that nothing but the jar has. */
public final class PluginJar {
    private PluginJar() {}

    /**
     * Compiles a source and packs one class of it.
     *
     * @param type   the class, and no other of the source
     * @param needed jars that it is compiled against, besides what the tests have
     */
    public static void write(Path jar, String type, String source, Path... needed) throws IOException {
        Path work = Files.createTempDirectory(jar.toAbsolutePath().getParent(), "compile");
        Path file = work.resolve(type.replace('.', '/') + ".java");
        Files.createDirectories(file.getParent());
        Files.writeString(file, source);
        String classPath = Stream.concat(
                        Stream.of(System.getProperty("java.class.path")),
                        Stream.of(needed).map(Path::toString))
                .reduce((a, b) -> a + File.pathSeparator + b)
                .orElseThrow();
        OutputStream quiet = OutputStream.nullOutputStream();
        int result = ToolProvider.getSystemJavaCompiler()
                .run(null, quiet, System.err, "-proc:none", "-cp", classPath, file.toString());
        assertThat(result).isZero();
        String entry = type.replace('.', '/') + ".class";
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            out.putNextEntry(new JarEntry(entry));
            out.write(Files.readAllBytes(work.resolve(entry)));
        }
    }
}
