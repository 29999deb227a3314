package dev.kafila.schema;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.errors.RetriableException;

/** Asks a schema registry at one of its addresses. Whatever is not a registry's own word about a schema leaves the question open. */
final class RegistryHttp {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String ACCEPT = "application/vnd.schemaregistry.v1+json, application/json";
    private static final int OK = 200;
    private static final int NOT_FOUND = 404;

    /** Of a request that will never be right: a wrong id. */
    private static final Set<Integer> REFUSED = Set.of(400, NOT_FOUND, 422);

    /** Of something on the way that does not know the path. */
    private static final Set<Integer> NOT_OFFERED = Set.of(400, NOT_FOUND, 405, 501);

    private final HttpClient client;
    private final List<RegistryAddress> addresses;
    private final Duration timeout;

    /**
     * @param addresses asked in turn until one answers
     * @param timeout   of one request to one address
     */
    RegistryHttp(HttpClient client, List<RegistryAddress> addresses, Duration timeout) {
        this.client = client;
        this.addresses = List.copyOf(addresses);
        this.timeout = timeout;
    }

    /** Where the registry is, for messages. */
    String address() {
        return String.join(
                ",", addresses.stream().map(address -> address.url().toString()).toList());
    }

    /**
     * Asks for something that the registry has or has not.
     *
     * @return null if it has not
     * @throws DataException      if it refuses the question
     * @throws RetriableException if it does not say
     */
    JsonNode get(String path) {
        return ask(path, false);
    }

    /** As {@link #get}, but also null if the registry does not offer that path. */
    JsonNode getIfOffered(String path) {
        return ask(path, true);
    }

    private JsonNode ask(String path, boolean optional) {
        List<String> problems = new ArrayList<>();
        for (RegistryAddress address : addresses) {
            HttpResponse<byte[]> response;
            try {
                response = send(address, path);
            } catch (IOException e) {
                problems.add(address.url() + ": " + reason(e));
                continue;
            }
            JsonNode body = json(response.body());
            int status = response.statusCode();
            if (status == OK && body != null) {
                return body;
            }
            if (optional && NOT_OFFERED.contains(status)) {
                return null;
            }
            if (REFUSED.contains(status)
                    && body != null
                    && body.path("error_code").isInt()) {
                if (status == NOT_FOUND) {
                    return null;
                }
                throw new DataException(address.url() + path + " was refused with HTTP " + status + " and error code "
                        + body.path("error_code").intValue());
            }
            problems.add(address.url() + ": " + reason(status));
        }
        throw new RetriableException(
                "The schema registry does not answer " + path + ": " + String.join("; ", problems));
    }

    /** The timeout is ours: the client's own ends with the head of the answer. */
    private HttpResponse<byte[]> send(RegistryAddress address, String path) throws IOException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(address.url() + path)).header("Accept", ACCEPT);
        if (address.authorization() != null) {
            request.header("Authorization", address.authorization());
        }
        CompletableFuture<HttpResponse<byte[]>> response =
                client.sendAsync(request.build(), BodyHandlers.ofByteArray());
        try {
            return response.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            response.cancel(true);
            throw new IOException("no answer within " + timeout.toMillis() + " ms", e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException problem ? problem : new IOException(e.getCause());
        } catch (InterruptedException e) {
            response.cancel(true);
            Thread.currentThread().interrupt();
            throw new RetriableException("Interrupted while a schema registry is asked", e);
        }
    }

    /** Null if it is none. */
    private static JsonNode json(byte[] body) {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException e) {
            return null;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String reason(IOException problem) {
        String message = problem.getMessage();
        return message == null ? problem.getClass().getSimpleName() : message;
    }

    private static String reason(int status) {
        return switch (status) {
            case 401, 403 -> "HTTP " + status + ": it refuses the credentials, see basic.auth.* and bearer.auth.*";
            case 407 -> "HTTP 407: the proxy asks for credentials";
            case 200, 404 ->
                "HTTP " + status + " and not what a registry answers: is schema.registry.url right, its path included?";
            case 301, 302, 303, 307, 308 -> "HTTP " + status + ": set schema.registry.url to where it points";
            default -> "HTTP " + status;
        };
    }
}
