package dev.kafila.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EndpointTest {
    @TempDir
    Path directory;

    private EndpointProcess endpoint;

    @BeforeEach
    void open() {
        endpoint = EndpointProcess.start(directory);
    }

    @AfterEach
    void close() {
        endpoint.close();
    }

    @Test
    void invocationsAreCountedFromTheBeginningOn() throws IOException, InterruptedException {
        invoke("[{},{}]");
        endpoint.begin(0, 3, false);
        invoke("[{},{}]");
        invoke("[{}]");

        assertThat(endpoint.stats().records()).isEqualTo(3);
        assertThat(endpoint.stats().requests()).isEqualTo(2);
        assertThat(endpoint.stats().bytes()).isEqualTo(11);
    }

    @Test
    void everyEntryOfAnEventHasAResult() throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(endpoint.address().resolve("/"))
                .header("X-Amz-Target", "AWSEvents.PutEvents")
                .POST(BodyPublishers.ofString("{\"Entries\":[{},{}]}"));

        assertThat(send(request).body()).startsWith("{\"FailedEntryCount\":0").contains("},{\"EventId\"");
        assertThat(endpoint.stats().records()).isEqualTo(2);
    }

    @Test
    void aDryRunIsNotCounted() throws IOException, InterruptedException {
        HttpRequest.Builder request = invocation("").header("X-Amz-Invocation-Type", "DryRun");

        assertThat(send(request).statusCode()).isEqualTo(204);
        assertThat(endpoint.stats().requests()).isZero();
    }

    @Test
    void recordsThatComeAgainAreFoundWhenItIsToldToLookAtThem() throws IOException, InterruptedException {
        endpoint.begin(0, 2, true);
        invoke("[{\"key\":\"0:0\"},{\"key\":\"0:1\"}]");
        invoke("[{\"key\":\"0:1\"}]");

        assertThat(endpoint.stats().unique()).isEqualTo(2);
        assertThat(endpoint.stats().duplicates()).isOne();
    }

    private void invoke(String payload) throws IOException, InterruptedException {
        send(invocation(payload));
    }

    private HttpRequest.Builder invocation(String payload) {
        return HttpRequest.newBuilder(endpoint.address().resolve("/2015-03-31/functions/f/invocations"))
                .POST(BodyPublishers.ofString(payload));
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
    }
}
