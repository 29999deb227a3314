package dev.kafila.gateway.publish;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kafila.Application;
import dev.kafila.Workplace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;

/** The route {@code request-to-kafka} as users start it, without HTTP, on schemas in a directory. */
public final class GatewayFlow implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final String ORDER = """
        syntax = "proto3";
        package shop;
        message Order {
          int32 id = 1;
          string name = 2;
          double price = 3;
        }
        """;

    private final Path directory;
    private final Map<String, String> settings = new HashMap<>();
    private Application application;
    private ProducerTemplate template;

    /** @param directory for schemas */
    public GatewayFlow(Path directory, String brokers) {
        this.directory = directory;
        with("kafila.kafka.brokers", brokers);
        with("kafila.gateway.http", "false");
        with("kafila.gateway.schemas", "directory");
        with("kafila.gateway.schema-directory", directory.toString());
        with("camel.management.enabled", "false");
    }

    public GatewayFlow with(String key, String value) {
        settings.put(key, value);
        return this;
    }

    /** Gives each topic the schema of an order, and lets requests write to it. */
    public GatewayFlow topics(String... topics) throws IOException {
        for (String topic : topics) {
            schema(topic, ORDER);
        }
        return with("kafila.gateway.topics", String.join(",", topics));
    }

    public void schema(String topic, String text) throws IOException {
        Files.writeString(directory.resolve(topic + ".proto"), text);
    }

    public GatewayFlow start() throws Exception {
        application = new Workplace(directory).start(settings);
        template = application.camelContext().createProducerTemplate();
        return this;
    }

    /** Where requests come over HTTP, if {@code kafila.gateway.http} was set to true. */
    public int port() {
        return application.gatewayPort().orElseThrow();
    }

    public CamelContext context() {
        return application.camelContext();
    }

    /** A request for an order. */
    public static ObjectNode order(String topic, int id) {
        ObjectNode request = JSON.createObjectNode();
        request.putObject("body").put("id", id);
        return request.put("topicName", topic);
    }

    /** The exchange after the route; it did not fail. */
    public Exchange send(Object body, Map<String, Object> headers) {
        Exchange exchange = template.request("direct:request-to-kafka", sent -> {
            sent.getMessage().setBody(body);
            sent.getMessage().setHeaders(new HashMap<>(headers));
        });
        assertThat(exchange.getException()).isNull();
        return exchange;
    }

    /** What is answered to one request, or to an array. */
    public JsonNode ask(Object body) {
        return answer(send(body, Map.of()));
    }

    /** The same without waiting for it. */
    public CompletableFuture<JsonNode> begin(Object body) {
        return template.asyncSend(
                        "direct:request-to-kafka", sent -> sent.getMessage().setBody(body))
                .thenApply(GatewayFlow::answer);
    }

    public static JsonNode answer(Exchange exchange) {
        try {
            return JSON.readTree(exchange.getMessage().getBody(byte[].class));
        } catch (IOException e) {
            throw new AssertionError("The answer is no JSON", e);
        }
    }

    @Override
    public void close() throws IOException {
        if (application != null) {
            application.close();
        }
    }
}
