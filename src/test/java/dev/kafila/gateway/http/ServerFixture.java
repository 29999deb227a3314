package dev.kafila.gateway.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.kafila.settings.GatewaySettings;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.AsyncProcessorSupport;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;

/** The server and its routes as they are shipped, with a sink that a test sees and steers in place of the one to Kafka. */
final class ServerFixture implements AutoCloseable {
    static final String KEY = "a-key-of-some-length";
    static final Duration TIMEOUT = Duration.ofSeconds(20);

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final DefaultCamelContext context = new DefaultCamelContext();
    private final RequestServer server;
    private final Sink sink = new Sink();
    private final MeterRegistry meters = new SimpleMeterRegistry();

    private ServerFixture(GatewaySettings settings, Limits limits) {
        server = new RequestServer(settings, limits);
    }

    static ServerFixture start() throws Exception {
        return start(settings(16, List.of()), Limits.DEFAULT);
    }

    static ServerFixture start(GatewaySettings settings, Limits limits) throws Exception {
        ServerFixture fixture = new ServerFixture(settings, limits);
        try {
            fixture.start(Path.of("routes/http-requests.camel.yaml"));
        } catch (Exception e) {
            fixture.close();
            throw e;
        }
        return fixture;
    }

    static GatewaySettings settings(int maxInFlight, List<String> apiKeys) {
        return settings(maxInFlight, apiKeys, TIMEOUT);
    }

    static GatewaySettings settings(int maxInFlight, List<String> apiKeys, Duration timeout) {
        return new GatewaySettings(
                List.of("orders"), timeout, maxInFlight, new GatewaySettings.Http(true, "127.0.0.1", 0, 4096, apiKeys));
    }

    private void start(Path routes) throws Exception {
        Properties properties = new Properties();
        properties.putAll(Map.of("kafila.gateway.topics", "orders", "kafila.gateway.http", "true"));
        context.getPropertiesComponent().setInitialProperties(properties);
        context.getRegistry().bind(RequestServer.BEAN, server);
        context.getShutdownStrategy().setTimeout(1);
        context.addRoutes(sink());
        PluginHelper.getRoutesLoader(context)
                .loadRoutes(ResourceHelper.resolveMandatoryResource(context, "file:" + routes));
        context.start();
        server.listen(List.of(meters));
    }

    private RoutesBuilder sink() {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:request-to-kafka").process(sink);
            }
        };
    }

    DefaultCamelContext context() {
        return context;
    }

    MeterRegistry meters() {
        return meters;
    }

    Sink kafka() {
        return sink;
    }

    int port() {
        return server.port();
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path))
                .timeout(PATIENCE);
    }

    /** A POST of JSON. */
    HttpRequest.Builder post(String path, String json) {
        return request(path).header("Content-Type", "application/json").POST(HttpRequest.BodyPublishers.ofString(json));
    }

    HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    /** The JSON of a request as the route to Kafka sees it. */
    JsonNode published(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<String> answer = send(request);
        if (answer.statusCode() != 200) {
            throw new AssertionError(answer.statusCode() + " " + answer.body());
        }
        return JSON.readTree(sink.requests.remove().getMessage().getBody().toString());
    }

    static JsonNode json(String text) throws IOException {
        return JSON.readTree(text);
    }

    @Override
    public void close() {
        context.stop();
        server.close();
    }

    /** What the route to Kafka does. */
    static final class Sink extends AsyncProcessorSupport {
        private final BlockingQueue<Exchange> requests = new LinkedBlockingQueue<>();
        private final BlockingQueue<Runnable> held = new LinkedBlockingQueue<>();
        private volatile boolean holds;
        private volatile Answering answering = exchange -> exchange.getMessage()
                .setBody("{\"statusCode\":\"200\",\"message\":\"ok\"}".getBytes(StandardCharsets.UTF_8));

        interface Answering {
            void answer(Exchange exchange) throws Exception;
        }

        void answers(Answering answer) {
            answering = answer;
        }

        /** Answers nothing until it is released. */
        void holds() {
            holds = true;
        }

        int held() {
            return held.size();
        }

        /** Answers what is held, and what comes from now on. */
        void release() {
            holds = false;
            for (Runnable next = held.poll(); next != null; next = held.poll()) {
                next.run();
            }
        }

        BlockingQueue<Exchange> requests() {
            return requests;
        }

        @Override
        public boolean process(Exchange exchange, AsyncCallback callback) {
            requests.add(exchange.copy());
            if (holds) {
                held.add(() -> {
                    answer(exchange);
                    callback.done(false);
                });
                return false;
            }
            answer(exchange);
            callback.done(true);
            return true;
        }

        private void answer(Exchange exchange) {
            try {
                answering.answer(exchange);
            } catch (Exception e) {
                exchange.setException(e);
            }
        }
    }
}
