package dev.kafila;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ApplicationTest {
    @TempDir
    Path directory;

    @Test
    void aRouteOfTheDirectoryRunsWithAKameletOfTheDirectory() throws Exception {
        route("greet", "direct:greet", "kamelet:shout?end=!");
        kamelet("shout");

        try (Application application = start(Map.of())) {
            assertThat(ask(application, "direct:greet", "hello")).isEqualTo("hello!");
        }
    }

    @Test
    void severalRunInOneProcess() throws Exception {
        route("greet", "direct:greet", "kamelet:shout?end={{end}}");
        kamelet("shout");

        try (Application one = start(Map.of("end", "1"));
                Application two = start(Map.of("end", "2"))) {
            assertThat(ask(one, "direct:greet", "hello")).isEqualTo("hello1");
            assertThat(ask(two, "direct:greet", "hello")).isEqualTo("hello2");
        }
    }

    private Application start(Map<String, String> properties) throws Exception {
        Map<String, String> all = new java.util.HashMap<>(properties);
        all.put("camel.management.port", "0");
        return Application.start(all, directory);
    }

    private static String ask(Application application, String endpoint, String body) throws Exception {
        try (var template = application.camelContext().createFluentProducerTemplate()) {
            return template.to(endpoint).withBody(body).request(String.class);
        }
    }

    private void route(String id, String from, String to) throws IOException {
        Path routes = Files.createDirectories(directory.resolve("routes"));
        Files.writeString(routes.resolve(id + ".camel.yaml"), """
                - route:
                    id: %s
                    from:
                      uri: %s
                      steps:
                        - to: "%s"
                """.formatted(id, from, to));
    }

    private void kamelet(String name) throws IOException {
        Path kamelets = Files.createDirectories(directory.resolve("kamelets"));
        Files.writeString(kamelets.resolve(name + ".kamelet.yaml"), """
                apiVersion: camel.apache.org/v1
                kind: Kamelet
                metadata:
                  name: %s
                  labels: {camel.apache.org/kamelet.type: action}
                spec:
                  definition:
                    title: Shout
                    required: [end]
                    properties:
                      end: {type: string}
                  template:
                    from:
                      uri: kamelet:source
                      steps:
                        - setBody: {simple: "${body}{{end}}"}
                """.formatted(name));
    }
}
