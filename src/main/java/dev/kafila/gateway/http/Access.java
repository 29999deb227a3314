package dev.kafila.gateway.http;

import dev.kafila.gateway.request.RequestException;
import dev.kafila.loopback.Loopback;
import io.vertx.core.MultiMap;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Who may send requests: whoever has a key; if there are no keys, programs that mean this server, and no pages in a browser. */
final class Access {
    private static final Pattern BEARER = Pattern.compile("bearer +(\\S+)", Pattern.CASE_INSENSITIVE);

    private final List<byte[]> keys;
    private final boolean loopback;

    /** @param host that is listened on */
    Access(List<String> keys, String host) {
        this.keys = keys.stream()
                .map(key -> key.getBytes(StandardCharsets.ISO_8859_1))
                .toList();
        this.loopback = Loopback.isAddress(host);
    }

    /** Whether anybody on the network may write. */
    boolean isOpen() {
        return keys.isEmpty() && !loopback;
    }

    /** @throws RequestException 401 or 403 if the sender of these headers may not */
    void check(MultiMap headers) throws RequestException {
        if (!keys.isEmpty()) {
            if (!isKnown(headers.get("x-api-key")) && !isKnown(bearer(headers.get("authorization")))) {
                throw new RequestException(401, "An API key is needed, as X-Api-Key or as bearer token");
            }
        } else if (headers.contains("origin") || (loopback && !Loopback.isName(headers.get("host")))) {
            throw new RequestException(
                    403,
                    "Without kafila.gateway.api-keys requests are taken from programs only, and on a loopback address"
                            + " only by its name");
        }
    }

    private static String bearer(String authorization) {
        Matcher bearer = BEARER.matcher(authorization == null ? "" : authorization);
        return bearer.matches() ? bearer.group(1) : null;
    }

    /** Takes as long for a key that is nearly right as for any other. */
    private boolean isKnown(String text) {
        if (text == null) {
            return false;
        }
        byte[] given = text.getBytes(StandardCharsets.ISO_8859_1);
        boolean known = false;
        for (byte[] key : keys) {
            known |= MessageDigest.isEqual(key, given);
        }
        return known;
    }
}
