package dev.kafila.schema;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

/** Something at a registry's address that answers what it is told. Paths that it was not told of are 404 without a word. */
public final class StubRegistry implements AutoCloseable {

    /** What is answered. */
    public record Answer(int status, String body) {
        /** Until the server is closed. */
        static final Answer NEVER = new Answer(0, "");

        public static Answer schema(String type, String text) {
            return new Answer(
                    200,
                    JsonNodeFactory.instance
                            .objectNode()
                            .put("schemaType", type)
                            .put("schema", text)
                            .toString());
        }
    }

    /** Paths, in the order they were asked for. */
    public final List<String> asked = new CopyOnWriteArrayList<>();

    /** Values of the header, "" without it. */
    public final List<String> authorizations = new CopyOnWriteArrayList<>();

    private final Map<String, Answer> answers = new ConcurrentHashMap<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final HttpServer server;
    private final String scheme;

    private StubRegistry(HttpServer server, String scheme) {
        this.server = server;
        this.scheme = scheme;
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    public static StubRegistry start() throws IOException {
        return new StubRegistry(HttpServer.create(anyPort(), 0), "http");
    }

    /**
     * Starts one that is asked over TLS.
     *
     * @param clients whether they have to show a certificate that {@code identity} trusts
     */
    public static StubRegistry startWith(SSLContext identity, boolean clients) throws IOException {
        HttpsServer server = HttpsServer.create(anyPort(), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(identity) {
            @Override
            public void configure(HttpsParameters parameters) {
                SSLParameters wanted = getSSLContext().getDefaultSSLParameters();
                wanted.setNeedClientAuth(clients);
                parameters.setSSLParameters(wanted);
            }
        });
        return new StubRegistry(server, "https");
    }

    private static InetSocketAddress anyPort() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    public StubRegistry answers(String path, Answer answer) {
        answers.put(path, answer);
        return this;
    }

    public String url() {
        return scheme + "://" + authority();
    }

    String authority() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getRawPath();
        asked.add(path);
        String authorization = exchange.getRequestHeaders().getFirst("Authorization");
        authorizations.add(authorization == null ? "" : authorization);
        Answer answer = answers.getOrDefault(path, new Answer(404, ""));
        try (exchange) {
            if (answer.equals(Answer.NEVER)) {
                closed.await();
                return;
            }
            byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
