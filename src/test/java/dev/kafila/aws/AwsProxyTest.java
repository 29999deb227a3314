package dev.kafila.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.LambdaException;

@Timeout(60)
class AwsProxyTest {

    /** base64 of {@code caravan:sesame}. */
    private static final String BASIC = "Basic Y2FyYXZhbjpzZXNhbWU=";

    private static final Map<String, String> USER = Map.of("proxy-user", "caravan", "proxy-password", "sesame");

    @Test
    void aRequestGoesThroughTheProxyWithItsUserAndPassword() throws Exception {
        try (var proxy = LoopbackHttp.answering(200, "{}");
                var client = client("http://lambda.invalid", proxy.url(), USER)) {

            invoke(client);

            LoopbackHttp.Request request = proxy.onlyRequest();
            assertThat(request.target()).startsWith("http://lambda.invalid/2015-03-31/functions/f/");
            assertThat(request.headers()).containsEntry("Proxy-authorization", BASIC);
        }
    }

    @Test
    void aHostThatIsToBeReachedDirectlyIs() throws Exception {
        try (var properties = new SystemProperties();
                var aws = LoopbackHttp.answering(200, "{}");
                var proxy = LoopbackHttp.answering(200, "{}")) {
            properties.set("http.nonProxyHosts", "127.0.0.1");
            try (var client = client(aws.url(), proxy.url(), Map.of())) {
                invoke(client);
            }

            assertThat(aws.requests).hasSize(1);
            assertThat(proxy.requests).isEmpty();
        }
    }

    @Test
    void aRequestOverTlsIsTunnelledWithUserAndPassword() throws Exception {
        try (var proxy = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                var client = client("https://lambda.invalid", "http://127.0.0.1:" + proxy.getLocalPort(), USER)) {
            CompletableFuture<List<String>> head = CompletableFuture.supplyAsync(() -> refuse(proxy));

            assertThatThrownBy(() -> invoke(client)).isInstanceOf(LambdaException.class);

            assertThat(head.get(20, TimeUnit.SECONDS))
                    .contains("CONNECT lambda.invalid:443 HTTP/1.1", "Proxy-Authorization: " + BASIC);
        }
    }

    @Test
    void theRoleIsAssumedThroughTheProxyToo() throws Exception {
        Map<String, String> role = new HashMap<>(USER);
        role.put("role-arn", "arn:aws:iam::123456789012:role/orders");
        try (var proxy = LoopbackHttp.answering(403, "");
                var client = client("http://sts.invalid", proxy.url(), role)) {

            assertThatThrownBy(() -> invoke(client)).hasMessageContaining("403");

            assertThat(proxy.onlyRequest().body()).contains("Action=AssumeRole");
        }
    }

    @Test
    void aProxyWithoutPortIsRefused() {
        assertThatThrownBy(() -> client("http://lambda.invalid", "http://proxy.invalid", Map.of()))
                .isInstanceOf(AwsSettingsException.class)
                .hasMessageStartingWith("proxy: must be http://host:port");
    }

    /** The head of the first request, which is refused. */
    private static List<String> refuse(ServerSocket proxy) {
        try (Socket client = proxy.accept()) {
            var lines = new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII));
            List<String> head = new ArrayList<>();
            for (String line = lines.readLine(); line != null && !line.isEmpty(); line = lines.readLine()) {
                head.add(line);
            }
            client.getOutputStream()
                    .write("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            return head;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void invoke(LambdaClient client) {
        client.invoke(request -> request.functionName("f").payload(SdkBytes.fromUtf8String("[]")));
    }

    private static LambdaClient client(String endpoint, String proxy, Map<String, String> more) {
        Map<String, String> values = new HashMap<>(Map.of(
                "region", "eu-central-1",
                "endpoint", endpoint,
                "proxy", proxy,
                "access-key-id", "AKIDEXAMPLE",
                "secret-access-key", "s"));
        values.putAll(more);
        return AwsClients.lambda(AwsSettings.of(values::get), Duration.ofSeconds(20), 1);
    }
}
