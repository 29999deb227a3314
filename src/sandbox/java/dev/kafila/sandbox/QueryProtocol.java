package dev.kafila.sandbox;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** What the services of AWS have in common that are asked with a form and answer in XML. */
final class QueryProtocol {
    private QueryProtocol() {}

    static boolean speaks(AwsRequest request) {
        return request.header("content-type").orElse("").startsWith("application/x-www-form-urlencoded");
    }

    /** What the form says, by name. */
    static Map<String, String> form(AwsRequest request) {
        Map<String, String> form = new TreeMap<>();
        for (String pair : request.body().asUtf8String().split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                form.put(
                        pair.substring(0, equals),
                        URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
            }
        }
        return form;
    }

    /** An error of one service; one that nothing is said about has no body. */
    static AwsReply error(String namespace, Answer answer, Runnable finished) {
        if (answer.errorType() == null) {
            return new AwsReply(answer, answer.status(), Map.of(), null, finished);
        }
        String text =
                "<ErrorResponse xmlns=\"%s\"><Error><Type>Sender</Type><Code>%s</Code><Message>%s</Message></Error></ErrorResponse>"
                        .formatted(namespace, escaped(answer.errorType()), escaped(answer.body()));
        return new AwsReply(answer, answer.status(), headers(), text, finished);
    }

    static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    static Map<String, String> headers() {
        return new TreeMap<>(Map.of(
                "Content-Type",
                "text/xml",
                "x-amzn-RequestId",
                UUID.randomUUID().toString().toLowerCase(Locale.ROOT)));
    }
}
