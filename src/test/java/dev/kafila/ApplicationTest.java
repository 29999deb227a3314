package dev.kafila;

import static dev.kafila.Workplace.ask;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ApplicationTest {
    @TempDir
    Path directory;

    private Workplace place;

    @BeforeEach
    void place() {
        place = new Workplace(directory);
    }

    @Test
    void aRouteOfTheDirectoryRunsWithAKameletOfTheDirectory() throws Exception {
        place.route("greet", "direct:greet", "kamelet:shout?end=!");
        place.kamelet("shout", "${body}{{end}}");

        try (Application application = place.start(Map.of())) {
            assertThat(ask(application, "direct:greet", "hello")).isEqualTo("hello!");
        }
    }

    @Test
    void severalRunInOneProcess() throws Exception {
        place.route("greet", "direct:greet", "kamelet:shout?end={{end}}");
        place.kamelet("shout", "${body}{{end}}");

        try (Application one = place.start(Map.of("end", "1"));
                Application two = place.start(Map.of("end", "2"))) {
            assertThat(ask(one, "direct:greet", "hello")).isEqualTo("hello1");
            assertThat(ask(two, "direct:greet", "hello")).isEqualTo("hello2");
        }
    }

    @Test
    void aParameterThatAKameletDoesNotHaveStopsTheStart() throws Exception {
        place.route("greet", "direct:greet", "kamelet:shout?end=!&loud=true");
        place.kamelet("shout", "${body}{{end}}");

        assertThatThrownBy(() -> place.start(Map.of())).hasMessageContaining("shout has no parameter loud; it has end");
    }
}
