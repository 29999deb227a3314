package dev.kafila.gateway.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kafila.gateway.request.RequestException;
import dev.kafila.gateway.request.StrictJson;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;

/**
 * Makes requests of what came over HTTP: of messages for the topic in the path, or of requests that name their topic. An array becomes an
 * array.
 */
public final class HttpRequests implements Processor {
    static final String KEY = "message-key";
    static final String IDEMPOTENCY_KEY = "Idempotency-Key";
    static final String VERBOSE = "verbose";

    private static final String TOPIC = "topic";
    private static final String IDEMPOTENCY_MEMBER = "idempotencyKey";

    @Override
    public void process(Exchange exchange) {
        Message message = exchange.getMessage();
        try {
            JsonNode request = request(message);
            message.removeHeaders("*");
            message.setBody(request);
        } catch (RequestException e) {
            message.removeHeaders("*");
            message.setHeader(Exchange.HTTP_RESPONSE_CODE, e.status());
            message.setBody(Replies.json(e));
            exchange.setRouteStop(true);
        }
    }

    private static JsonNode request(Message message) throws RequestException {
        JsonNode body = StrictJson.read(message.getBody());
        Boolean verbose = verbose(message.getHeader(VERBOSE, String.class));
        String idempotencyKey = message.getHeader(IDEMPOTENCY_KEY, String.class);
        Template template = template(message);
        if (!(body instanceof ArrayNode array)) {
            return with(template.request(body), idempotencyKey, verbose);
        }
        ArrayNode requests = JsonNodeFactory.instance.arrayNode(array.size());
        for (JsonNode element : array) {
            // Each is remembered by itself, as each may fail by itself.
            String key = idempotencyKey == null ? null : idempotencyKey + "#" + requests.size();
            requests.add(with(template.request(element), key, verbose));
        }
        return requests;
    }

    /** What the request itself says counts. */
    private static JsonNode with(JsonNode request, String idempotencyKey, Boolean verbose) {
        if (request instanceof ObjectNode members) {
            if (idempotencyKey != null && !members.hasNonNull(IDEMPOTENCY_MEMBER)) {
                members.put(IDEMPOTENCY_MEMBER, idempotencyKey);
            }
            if (verbose != null && !members.hasNonNull(VERBOSE)) {
                members.put(VERBOSE, verbose);
            }
        }
        return request;
    }

    private static Boolean verbose(String text) throws RequestException {
        if (text == null) {
            return null;
        }
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new RequestException(400, "verbose: must be true or false");
        };
    }

    private static Template template(Message message) throws RequestException {
        String topic = message.getHeader(TOPIC, String.class);
        String key = message.getHeader(KEY, String.class);
        List<?> lines = message.getHeader(HeaderList.NAME, List.of(), List.class);
        Map<String, String> headers =
                HeaderList.read(lines.stream().map(String::valueOf).toList());
        if (topic == null && (key != null || !headers.isEmpty())) {
            throw new RequestException(
                    400,
                    KEY + " and " + HeaderList.NAME
                            + " go with /topics/{topic}; here each request has its own key and headers");
        }
        return new Template(topic, key, headers);
    }

    /** What HTTP says of each message; no topic: the body is a request already. */
    private record Template(String topic, String key, Map<String, String> headers) {
        JsonNode request(JsonNode body) {
            if (topic == null) {
                return body;
            }
            ObjectNode request = JsonNodeFactory.instance.objectNode();
            request.set("body", body);
            request.put("topicName", topic);
            if (key != null) {
                request.put("key", key);
            }
            if (!headers.isEmpty()) {
                ObjectNode members = request.putObject("headers");
                headers.forEach(members::put);
            }
            return request;
        }
    }
}
