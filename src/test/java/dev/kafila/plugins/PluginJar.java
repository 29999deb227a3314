package dev.kafila.plugins;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import javax.tools.ToolProvider;

/** What a user puts into the plug-in directory: a jar of one class. */
public final class PluginJar {
    private PluginJar() {}

    /** Compiles against what the tests have on their class path. */
    public static void write(Path jar, String type, String source) throws IOException {
        Path work = Files.createTempDirectory(jar.toAbsolutePath().getParent(), "compile");
        String path = type.replace('.', '/');
        Path file = work.resolve(path + ".java");
        Files.createDirectories(file.getParent());
        Files.writeString(file, source);
        OutputStream quiet = OutputStream.nullOutputStream();
        int result = ToolProvider.getSystemJavaCompiler()
                .run(null, quiet, System.err, "-cp", System.getProperty("java.class.path"), file.toString());
        assertThat(result).isZero();
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            out.putNextEntry(new JarEntry(path + ".class"));
            out.write(Files.readAllBytes(work.resolve(path + ".class")));
        }
    }
}
