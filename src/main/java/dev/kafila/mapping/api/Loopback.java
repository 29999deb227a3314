package dev.kafila.mapping.api;

import java.util.regex.Pattern;

/**
 * Keeps pages that somebody on this machine looks at from using an API that asks for no signature: a browser can send requests to the
 * loopback address, too.
 */
final class Loopback {
    private static final Pattern HOST =
            Pattern.compile("(?:localhost|127(?:\\.\\d{1,3}){3}|\\[::1\\])(?::\\d{1,5})?", Pattern.CASE_INSENSITIVE);

    private Loopback() {}

    /** @throws ApiException if it is from a page, or was sent by a name that somebody else may have given this machine */
    static void verify(ApiRequest request) {
        String host = request.header("host");
        if (request.header("origin") != null
                || host == null
                || !HOST.matcher(host).matches()) {
            throw new ApiException(
                    ApiError.ACCESS_DENIED,
                    "Without kafila.mapping.access-keys.* the API is for programs on this machine, by the name localhost or a"
                            + " loopback address");
        }
    }
}
