package dev.kafila.gateway.http;

import java.net.http.HttpResponse;
import java.util.Locale;

/**
 * An answer of the server, whatever client saw it.
 *
 * @param head status line and headers, a line each
 */
record Answered(int status, String head, String body) {
    static Answered of(HttpResponse<String> answer) {
        StringBuilder head = new StringBuilder();
        answer.headers().map().forEach((name, values) -> head.append(name + ": " + values.get(0) + "\n"));
        return new Answered(answer.statusCode(), head.toString(), answer.body());
    }

    /** Null if it has none of that name. */
    String header(String name) {
        String start = name.toLowerCase(Locale.ROOT) + ": ";
        return head.lines()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(start))
                .map(line -> line.substring(start.length()))
                .findFirst()
                .orElse(null);
    }
}
