package dev.kafila.sandbox;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import software.amazon.awssdk.core.SdkBytes;

/**
 * One HTTP request, read whole.
 *
 * @param headers names in lower case; of several of a name the last
 * @param path    not decoded
 */
record AwsRequest(String method, String path, Map<String, String> query, Map<String, String> headers, SdkBytes body) {

    static AwsRequest of(HttpServerRequest request, Buffer body) {
        Map<String, String> headers = new TreeMap<>();
        request.headers().forEach((name, value) -> headers.put(name.toLowerCase(Locale.ROOT), value));
        Map<String, String> query = new TreeMap<>();
        request.params().forEach(query::put);
        return new AwsRequest(
                request.method().name(), request.path(), query, headers, SdkBytes.fromByteArrayUnsafe(body.getBytes()));
    }

    Optional<String> header(String lowerCaseName) {
        return Optional.ofNullable(headers.get(lowerCaseName));
    }

    int size() {
        return body.asByteArrayUnsafe().length;
    }
}
