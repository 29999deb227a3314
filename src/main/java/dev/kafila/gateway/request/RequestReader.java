package dev.kafila.gateway.request;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads requests, and says of each that is not valid what is wrong with it. */
public final class RequestReader {
    private static final int IDEMPOTENCY_KEY_LIMIT = 255;

    private final Set<String> topics;
    private final int batchLimit;

    /**
     * @param topics     that may be written to
     * @param batchLimit most requests in one array
     */
    public RequestReader(Collection<String> topics, int batchLimit) {
        this.topics = Set.copyOf(topics);
        this.batchLimit = batchLimit;
    }

    /**
     * Reads one request, or an array of them.
     *
     * @param json what {@link StrictJson} reads
     * @throws RequestException if all of it is refused
     */
    public Requests read(Object json) throws RequestException {
        JsonNode node = StrictJson.read(json);
        if (!node.isArray()) {
            return new Requests(false, List.of(item(node)));
        }
        if (node.isEmpty()) {
            throw new RequestException(400, "The request is an array without requests");
        }
        if (node.size() > batchLimit) {
            throw new RequestException(
                    400,
                    "The request is an array of " + node.size() + " requests: at most " + batchLimit
                            + " are accepted at once (kafila.gateway.batch-limit)");
        }
        List<Requests.Item> items = new ArrayList<>(node.size());
        node.forEach(element -> items.add(item(element)));
        return new Requests(true, items);
    }

    private Requests.Item item(JsonNode json) {
        try {
            return new Requests.Item(request(json), null);
        } catch (RequestException refusal) {
            return new Requests.Item(null, refusal);
        }
    }

    private PublishRequest request(JsonNode json) throws RequestException {
        require(json.isObject(), "A request must be a JSON object");
        JsonNode body = json.path("body");
        JsonNode topic = json.path("topicName");
        require(!isEmpty(body) && !isEmpty(topic), "body and topicName can not be empty or null");
        require(body.isObject(), "body must be a JSON object");
        Surrogates.check(body, JsonPath.ROOT.member("body"));
        String key = text(json, "key");
        Map<String, String> headers = headers(json.path("headers"));
        return new PublishRequest(
                topic(text(json, "topicName")), (ObjectNode) body, key, headers, idempotencyKey(json), verbose(json));
    }

    private static boolean isEmpty(JsonNode node) {
        return isAbsent(node)
                || (node.isContainerNode() && node.isEmpty())
                || (node.isTextual() && node.textValue().isEmpty());
    }

    private static boolean isAbsent(JsonNode node) {
        return node.isMissingNode() || node.isNull();
    }

    private String topic(String topic) throws RequestException {
        require(topics.contains(topic), "The topic " + topic + " is not listed in kafila.gateway.topics");
        return topic;
    }

    private static Map<String, String> headers(JsonNode json) throws RequestException {
        if (isAbsent(json)) {
            return Map.of();
        }
        require(json.isObject(), "headers must be a JSON object");
        JsonPath path = JsonPath.ROOT.member("headers");
        Surrogates.check(json, path);
        Map<String, String> headers = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> header : json.properties()) {
            require(header.getValue().isTextual(), path.key(header.getKey()) + " must be a string");
            headers.put(header.getKey(), header.getValue().textValue());
        }
        return Collections.unmodifiableMap(headers);
    }

    private static String idempotencyKey(JsonNode json) throws RequestException {
        String key = text(json, "idempotencyKey");
        require(
                key == null || (!key.isEmpty() && key.length() <= IDEMPOTENCY_KEY_LIMIT),
                "idempotencyKey must have 1 to " + IDEMPOTENCY_KEY_LIMIT + " characters");
        return key;
    }

    private static Boolean verbose(JsonNode json) throws RequestException {
        JsonNode verbose = json.path("verbose");
        require(isAbsent(verbose) || verbose.isBoolean(), "verbose must be true or false");
        return isAbsent(verbose) ? null : verbose.booleanValue();
    }

    /** A member that has to be text; null if there is none. */
    private static String text(JsonNode json, String name) throws RequestException {
        JsonNode text = json.path(name);
        if (isAbsent(text)) {
            return null;
        }
        require(text.isTextual(), name + " must be a string");
        Surrogates.check(text, JsonPath.ROOT.member(name));
        return text.textValue();
    }

    private static void require(boolean right, String otherwise) throws RequestException {
        if (!right) {
            throw new RequestException(400, otherwise);
        }
    }
}
