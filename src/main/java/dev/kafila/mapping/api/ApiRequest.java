package dev.kafila.mapping.api;

import io.netty.handler.codec.http.QueryStringDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.SdkBytes;

/**
 * One request of HTTP, read whole.
 *
 * @param path    as it was sent, not decoded
 * @param query   decoded
 * @param headers names in lower case
 */
record ApiRequest(
        String method, String path, Map<String, List<String>> query, Map<String, List<String>> headers, SdkBytes body) {

    private static final int MAX_PARAMETERS = 1_000;

    /**
     * @param uri path and query as they were sent
     * @throws ApiException if the query cannot be decoded
     */
    static ApiRequest of(String method, String uri, Map<String, List<String>> headers, SdkBytes body) {
        QueryStringDecoder decoder = new QueryStringDecoder(uri, StandardCharsets.UTF_8, true, MAX_PARAMETERS, true);
        try {
            return new ApiRequest(method, decoder.rawPath(), decoder.parameters(), headers, body);
        } catch (IllegalArgumentException e) {
            throw new ApiException(ApiError.MALFORMED, "The query of the request cannot be decoded", e);
        }
    }

    /** The first of this name; null: there is none. */
    String header(String name) {
        return first(headers.get(name));
    }

    /** The first of this name; null: there is none. */
    String parameter(String name) {
        return first(query.get(name));
    }

    private static String first(List<String> values) {
        return values == null ? null : values.get(0);
    }
}
