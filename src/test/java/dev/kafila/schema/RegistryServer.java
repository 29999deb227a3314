package dev.kafila.schema;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Apicurio Registry as a process, in memory and on loopback, spoken to in Confluent's way. */
public final class RegistryServer implements AutoCloseable {
    private static final Pattern LISTENING = Pattern.compile("Listening on: (http://127\\.0\\.0\\.1:\\d+)");
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final HttpClient client = HttpClient.newHttpClient();
    private final Process process;
    private final URI address;

    private RegistryServer(Process process, URI address) {
        this.process = process;
        this.address = address;
    }

    public static RegistryServer start() throws IOException {
        Path log = Files.createTempFile(Path.of("target"), "schema-registry", ".log");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Djava.net.preferIPv4Stack=true",
                        "-Dquarkus.http.host=127.0.0.1",
                        "-Dquarkus.http.port=0",
                        "-jar",
                        Path.of("target", "schema-registry", "apicurio-registry-app-2.6.13.Final-runner.jar")
                                .toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        // Also when this process is told to end in the middle of a test.
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        await().atMost(Duration.ofMinutes(1))
                .until(() -> !process.isAlive() || address(log).find());
        Matcher address = address(log);
        if (!address.find()) {
            throw new IllegalStateException("The schema registry does not start: " + Files.readString(log));
        }
        return new RegistryServer(process, URI.create(address.group(1)));
    }

    private static Matcher address(Path log) throws IOException {
        return LISTENING.matcher(Files.readString(log));
    }

    /** Where the registry is like one of Confluent's. */
    public URI confluent() {
        return address.resolve("/apis/ccompat/v7");
    }

    /** Where it speaks for itself. */
    URI apicurio() {
        return address.resolve("/apis/registry/v2");
    }

    /** Registers an Avro schema and returns its id. */
    public int avro(String subject, String schema) {
        return register(subject, "AVRO", schema);
    }

    /**
     * Registers a schema and returns its id.
     *
     * @param references each as {@code name=subject}, in version 1
     */
    public int register(String subject, String type, String schema, String... references) {
        ObjectNode request = JSON.createObjectNode().put("schema", schema).put("schemaType", type);
        ArrayNode list = request.putArray("references");
        for (String reference : references) {
            String[] parts = reference.split("=", 2);
            list.addObject().put("name", parts[0]).put("subject", parts[1]).put("version", 1);
        }
        return post("/subjects/" + subject + "/versions", request).path("id").intValue();
    }

    private JsonNode post(String path, JsonNode body) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(confluent() + path))
                .header("Content-Type", "application/vnd.schemaregistry.v1+json")
                .POST(BodyPublishers.ofString(body.toString()))
                .build();
        try {
            HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
            if (response.statusCode() != 200) {
                throw new IllegalStateException("HTTP " + response.statusCode() + ": " + response.body());
            }
            return JSON.readTree(response.body());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit()
                .orTimeout(10, TimeUnit.SECONDS)
                .exceptionally(e -> process.destroyForcibly())
                .join();
    }
}
