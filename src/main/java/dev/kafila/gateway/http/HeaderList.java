package dev.kafila.gateway.http;

import dev.kafila.gateway.request.RequestException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The headers of a record, as HTTP's header {@code message-headers} has them: {@code name=value, name=value}. Everything up to the first
 * {@code =} is the name. A value that has commas in it, or spaces around it, stands in quotation marks; in there {@code \} makes the next
 * character stand for itself.
 */
final class HeaderList {
    static final String NAME = "message-headers";

    private final String text;
    private int at;

    private HeaderList(String text) {
        this.text = text;
    }

    /**
     * @param lines of the HTTP header, each a list of its own
     * @throws RequestException 400 that names what is not of this form, or a name that is there twice
     */
    static Map<String, String> read(List<String> lines) throws RequestException {
        Map<String, String> headers = new LinkedHashMap<>();
        for (String line : lines) {
            new HeaderList(line).readInto(headers);
        }
        return headers;
    }

    private void readInto(Map<String, String> headers) throws RequestException {
        while (at < text.length()) {
            int start = at;
            int comma = endOf(',', start);
            if (text.substring(start, comma).isBlank()) {
                // HTTP has its recipients take empty elements of a list: somebody on the way may have joined lines.
                at = comma + 1;
                continue;
            }
            int equals = endOf('=', start);
            String name = text.substring(start, Math.min(equals, comma)).strip();
            if (equals > comma || equals == text.length() || name.isEmpty()) {
                throw malformed(text.substring(start, comma), "is not name=value");
            }
            at = equals + 1;
            String value = value(start);
            if (headers.putIfAbsent(name, value) != null) {
                throw malformed(name, "is there twice");
            }
        }
    }

    private String value(int start) throws RequestException {
        while (at < text.length() && text.charAt(at) == ' ') {
            at++;
        }
        if (at < text.length() && text.charAt(at) == '"') {
            return quoted(start);
        }
        int comma = endOf(',', at);
        String value = text.substring(at, comma).strip();
        at = comma + 1;
        return value;
    }

    private String quoted(int start) throws RequestException {
        StringBuilder value = new StringBuilder();
        for (at++; at < text.length() && text.charAt(at) != '"'; at++) {
            if (text.charAt(at) == '\\' && at + 1 < text.length()) {
                at++;
            }
            value.append(text.charAt(at));
        }
        if (at == text.length()) {
            throw malformed(text.substring(start), "lacks a quotation mark at its end");
        }
        int comma = endOf(',', at + 1);
        if (!text.substring(at + 1, comma).isBlank()) {
            throw malformed(text.substring(start, comma), "goes on after its quotation mark");
        }
        at = comma + 1;
        return value.toString();
    }

    private int endOf(char end, int from) {
        int found = text.indexOf(end, from);
        return found < 0 ? text.length() : found;
    }

    private static RequestException malformed(String element, String problem) {
        return new RequestException(400, NAME + ": '" + element.strip() + "' " + problem);
    }
}
