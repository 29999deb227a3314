package dev.kafila;

import static org.awaitility.Awaitility.await;

import dev.kafila.settings.Settings;
import dev.kafila.settings.Sources;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** A working directory with routes and kamelets, and what tests do with an application that was started in it. */
public record Workplace(Path directory) {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    public Application start(Map<String, String> properties) throws Exception {
        Map<String, String> all = new HashMap<>(properties);
        all.putIfAbsent("camel.management.port", "0");
        return Application.start(Settings.load(new Sources(Map.of(), Map.of(), all, Map.of())), directory);
    }

    /** A route of one step. */
    public void route(String id, String from, String to) throws IOException {
        routes(id, """
                - route:
                    id: %s
                    from:
                      uri: "%s"
                      steps:
                        - to: "%s"
                """.formatted(id, from, to));
    }

    public void routes(String name, String yaml) throws IOException {
        Files.writeString(routeFile(name), yaml);
    }

    public Path routeFile(String name) throws IOException {
        return Files.createDirectories(directory.resolve("routes")).resolve(name + ".camel.yaml");
    }

    /** A kamelet that sets the body to this expression of Camel's Simple language, in which {@code {{end}}} is its parameter. */
    public void kamelet(String name, String body) throws IOException {
        Path kamelets = Files.createDirectories(directory.resolve("kamelets"));
        Files.writeString(kamelets.resolve(name + ".kamelet.yaml"), """
                apiVersion: camel.apache.org/v1
                kind: Kamelet
                metadata:
                  name: %s
                  labels: {camel.apache.org/kamelet.type: action}
                spec:
                  definition:
                    title: Sets the Body
                    required: [end]
                    properties:
                      end: {type: string}
                  template:
                    from:
                      uri: kamelet:source
                      steps:
                        - setBody: {simple: "%s"}
                """.formatted(name, body));
    }

    public static String ask(Application application, String endpoint, String body) throws Exception {
        try (var template = application.camelContext().createFluentProducerTemplate()) {
            return template.to(endpoint).withBody(body).request(String.class);
        }
    }

    public static HttpResponse<String> get(Application application, String path) throws Exception {
        return send(HttpRequest.newBuilder(uri(application, path)).GET());
    }

    public static HttpResponse<String> post(Application application, String path) throws Exception {
        return send(HttpRequest.newBuilder(uri(application, path)).POST(HttpRequest.BodyPublishers.noBody()));
    }

    /** Resumes a partition once it is stopped, which may be after its health or its target's says why it will be. */
    public static void resume(Application application, String topic, int partition) {
        String path = "/observe/partitions/" + topic + "-" + partition + "/resume";
        await("resume of " + topic + "-" + partition)
                .until(() -> post(application, path).statusCode() == 202);
    }

    private static URI uri(Application application, String path) {
        return URI.create("http://127.0.0.1:" + application.managementPort().getAsInt() + path);
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
