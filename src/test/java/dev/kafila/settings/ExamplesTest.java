package dev.kafila.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the README shows as a file of settings is one. */
class ExamplesTest {
    private static final Pattern BLOCK = Pattern.compile("(?s)```properties\\n(.*?)```");

    static Stream<String> examples() throws IOException {
        return BLOCK
                .matcher(Files.readString(Path.of("README.md")))
                .results()
                .map(result -> result.group(1))
                .toList()
                .stream();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void anExampleIsTaken(String example) throws IOException {
        Properties properties = new Properties();
        properties.load(new StringReader(example));

        Given given = Given.nothing();
        properties.stringPropertyNames().forEach(name -> given.file(name, properties.getProperty(name)));

        assertThat(properties).isNotEmpty();
        assertThat(given.problems()).isEmpty();
    }
}
