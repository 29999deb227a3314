package dev.kafila.plugins;

import static dev.kafila.Workplace.ask;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kafila.Application;
import dev.kafila.Workplace;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PluginDirectoryTest {
    @TempDir
    Path directory;

    @Test
    void aRouteUsesAClassOfAPluginByItsName() throws Exception {
        Path plugins = Files.createDirectories(directory.resolve("extra"));
        PluginJar.write(plugins.resolve("shout.jar"), "plug.Shout", """
                package plug;
                public class Shout {
                    // As Connect finds its converters when a route is built.
                    private final ClassLoader loader = Thread.currentThread().getContextClassLoader();

                    public String shout(String body) throws Exception {
                        return body + " from " + loader.loadClass("plug.Shout").getName();
                    }
                }
                """);
        Workplace place = new Workplace(directory);
        place.routes("greet", """
                - route:
                    id: greet
                    from:
                      uri: direct:greet
                      steps:
                        - bean: {beanType: plug.Shout}
                """);

        try (Application application = place.start(Map.of("kafila.plugins", plugins.toString()))) {
            assertThat(ask(application, "direct:greet", "hello")).isEqualTo("hello from plug.Shout");
        }
    }

    @Test
    void aPluginThatLacksAClassFailsTheStartWithItsName() throws Exception {
        Path plugins = Files.createDirectories(directory.resolve("extra"));
        PluginJar.write(plugins.resolve("shout.jar"), "plug.Shout", """
                package plug;
                public class Shout {
                    public Lacking lacking = new Lacking();
                }
                class Lacking {}
                """);
        Workplace place = new Workplace(directory);
        place.routes("greet", """
                - route:
                    id: greet
                    from:
                      uri: direct:greet
                      steps:
                        - bean: {beanType: plug.Shout}
                """);

        assertThatThrownBy(() -> place.start(Map.of("kafila.plugins", plugins.toString())))
                .hasMessageContaining("plug/Lacking");
    }

    @Test
    void theWorkingDirectorysLibIsNotOneUnlessToldSo() throws Exception {
        Path lib = Files.createDirectories(directory.resolve("lib"));
        PluginJar.write(lib.resolve("shout.jar"), "plug.Shout", "package plug; public class Shout {}");
        Workplace place = new Workplace(directory);
        place.route("greet", "direct:greet", "language:simple:${body}");

        try (Application application = place.start(Map.of())) {
            assertThat(application.camelContext().getClassResolver().resolveClass("plug.Shout"))
                    .isNull();
        }
    }
}
