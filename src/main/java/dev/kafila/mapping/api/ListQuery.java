package dev.kafila.mapping.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kafila.mapping.Mapping;
import dev.kafila.mapping.StoredMapping;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;

/**
 * Which mappings somebody wants to see.
 *
 * @param functionName   null: of any function
 * @param eventSourceArn null: of any source
 * @param after          the id that the page before ended with; "": the first page is wanted
 * @param maxItems       of the page
 */
record ListQuery(String functionName, String eventSourceArn, String after, int maxItems) {
    /** AWS takes more, and answers no more all the same. */
    private static final int MAX_PAGE = 100;

    private static final int MAX_ITEMS = 10_000;

    static ListQuery of(ApiRequest request) {
        return new ListQuery(
                request.parameter("FunctionName"),
                request.parameter("EventSourceArn"),
                after(request.parameter("Marker")),
                maxItems(request.parameter("MaxItems")));
    }

    private static int maxItems(String text) {
        if (text == null) {
            return MAX_PAGE;
        }
        if (!text.matches("[1-9]\\d{0,4}") || Integer.parseInt(text) > MAX_ITEMS) {
            throw new ApiException(ApiError.INVALID_PARAMETER, "MaxItems: must be from 1 to " + MAX_ITEMS);
        }
        return Math.min(Integer.parseInt(text), MAX_PAGE);
    }

    private static String after(String marker) {
        try {
            return marker == null ? "" : new String(Base64.getUrlDecoder().decode(marker), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new ApiException(ApiError.INVALID_PARAMETER, "Marker: is not the NextMarker of a page", e);
        }
    }

    /** By their ids, so that what is made or deleted between two pages moves nothing else from one to the other. */
    ObjectNode answer(List<StoredMapping> mappings, Names names) {
        Problems problems = new Problems();
        String functionArn = functionName == null ? null : names.functionArn(functionName, problems);
        problems.check();
        List<StoredMapping> wanted = mappings.stream()
                .filter(stored -> isWanted(stored.mapping(), functionArn))
                .sorted(Comparator.comparing(stored -> stored.mapping().uuid()))
                .toList();
        List<StoredMapping> page = wanted.subList(0, Math.min(maxItems, wanted.size()));
        ArrayNode items = JsonNodeFactory.instance.arrayNode();
        page.forEach(stored -> items.add(MappingAnswer.of(stored)));
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        if (page.size() < wanted.size()) {
            String last = page.get(page.size() - 1).mapping().uuid();
            answer.put("NextMarker", Base64.getUrlEncoder().encodeToString(last.getBytes(StandardCharsets.UTF_8)));
        }
        return answer.set("EventSourceMappings", items);
    }

    private boolean isWanted(Mapping mapping, String functionArn) {
        return mapping.uuid().compareTo(after) > 0
                && (functionArn == null
                        || functionArn.equals(mapping.configuration().functionArn()))
                && (eventSourceArn == null
                        || eventSourceArn.equals(mapping.configuration().eventSourceArn()));
    }
}
