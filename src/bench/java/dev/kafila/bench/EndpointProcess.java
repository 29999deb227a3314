package dev.kafila.bench;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;

/** {@link Endpoint} as a process, seen from the one that started it. */
final class EndpointProcess implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final HttpClient http = HttpClient.newHttpClient();
    private final Child child;
    private final URI address;

    private EndpointProcess(Child child) {
        this.child = child;
        this.address = URI.create(child.awaitReady());
    }

    /** Returns when it serves. */
    static EndpointProcess start(Path directory) {
        Path errors = directory.resolve("endpoint.log");
        return new EndpointProcess(Child.start(Endpoint.class, errors, List.of("-Xmx512m")));
    }

    /** What to give an AWS client as endpoint. */
    URI address() {
        return address;
    }

    /**
     * Forgets what arrived.
     *
     * @param latencyMs how long each answer waits from now on
     * @param expected  how many records there will be
     * @param check     whether it looks at the identity of each
     */
    void begin(long latencyMs, long expected, boolean check) {
        String query = "latency-ms=" + latencyMs + "&expected=" + expected + "&check=" + check;
        ask(HttpRequest.newBuilder(address.resolve("/bench/begin?" + query)).POST(BodyPublishers.noBody()));
    }

    ArrivalStats stats() {
        return ask(HttpRequest.newBuilder(address.resolve("/bench/stats")));
    }

    private ArrivalStats ask(HttpRequest.Builder request) {
        try {
            return JSON.readValue(
                    http.send(request.build(), BodyHandlers.ofByteArray()).body(), ArrivalStats.class);
        } catch (IOException e) {
            throw new UncheckedIOException("The endpoint of the benchmark does not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while the endpoint is asked", e);
        }
    }

    @Override
    public void close() {
        child.close();
    }
}
