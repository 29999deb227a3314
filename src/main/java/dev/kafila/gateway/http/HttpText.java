package dev.kafila.gateway.http;

import dev.kafila.gateway.request.RequestException;
import io.vertx.core.MultiMap;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The text of HTTP headers. They are bytes, of which the server makes one character each; what we are sent is UTF-8. */
final class HttpText {
    private HttpText() {}

    /** @throws RequestException 400 if a value is not UTF-8 */
    static List<String> all(MultiMap headers, String name) throws RequestException {
        List<String> texts = new ArrayList<>();
        for (String value : headers.getAll(name)) {
            try {
                ByteBuffer bytes = ByteBuffer.wrap(value.getBytes(StandardCharsets.ISO_8859_1));
                texts.add(StandardCharsets.UTF_8.newDecoder().decode(bytes).toString());
            } catch (CharacterCodingException e) {
                throw new RequestException(400, name + ": its value is not UTF-8", e);
            }
        }
        return texts;
    }

    /**
     * Null if there is none.
     *
     * @throws RequestException 400 if there are several, or it is not UTF-8
     */
    static String one(MultiMap headers, String name) throws RequestException {
        List<String> texts = all(headers, name);
        if (texts.size() > 1) {
            throw new RequestException(400, name + ": is there " + texts.size() + " times");
        }
        return texts.isEmpty() ? null : texts.get(0);
    }
}
