package dev.kafila.migrate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The route that does what a connector did, as a file of {@code routes/}. */
final class RouteFile {
    private static final ObjectMapper JSON = JsonMapper.builder().build();

    /** What YAML reads as it stands, and as a text. */
    private static final Pattern PLAIN =
            Pattern.compile("(?!(?i:yes|no|on|off|null)$)[A-Za-z][\\w./-]*|0|[1-9]\\d{0,9}(ms|s)?");

    /** How the jar's own route writes dead letters. */
    private static final String DEAD_LETTERS = "lambda-dead-letters";

    private final Draft draft;
    private final StringBuilder text = new StringBuilder();

    private RouteFile(Draft draft) {
        this.draft = draft;
    }

    static String id(Draft draft) {
        return draft.slug() + "-to-lambda";
    }

    static String name(Draft draft) {
        return id(draft) + ".camel.yaml";
    }

    static String text(Draft draft, String title) {
        return new RouteFile(draft).write(title);
    }

    private String write(String title) {
        text.append("# Imported from the connector ")
                .append(draft.connector().name().replaceAll("\\p{Cntrl}", " "))
                .append(" (")
                .append(title)
                .append("). Behind each value: the property that it comes from.\n");
        if (!draft.open().isEmpty()) {
            text.append("# {{...}} is to be filled in, in application.properties or as an environment variable.\n");
        }
        String deadLetters = DEAD_LETTERS;
        if (draft.deadLetters() != null) {
            deadLetters = draft.slug() + "-" + deadLetters;
            text.append(deadLetters());
        }
        text.append("""
                - route:
                    id: %s
                    description: Invokes the function with batches of a partition, as the connector did
                    routeConfigurationId: "delivery-failures,%s"
                    from:
                      uri: kamelet:kafila-kafka-source
                      description: Records of one partition, in order
                      parameters:
                """.formatted(id(draft), deadLetters));
        parameters(draft.source(), Parameters.SOURCE, " ".repeat(8));
        text.append("""
                      steps:
                        - to:
                            id: %s-function
                            description: Lambda function
                            uri: kamelet:kafila-lambda-sink
                            parameters:
                """.formatted(draft.slug()));
        parameters(draft.sink(), Parameters.SINK, " ".repeat(14));
        return text.toString();
    }

    private void parameters(Map<String, Draft.Parameter> parameters, List<String> order, String indent) {
        order.stream().filter(parameters::containsKey).forEach(name -> {
            Draft.Parameter parameter = parameters.get(name);
            text.append(indent)
                    .append(name)
                    .append(": ")
                    .append(scalar(parameter.text()))
                    .append(" # ")
                    .append(parameter.origin())
                    .append('\n');
        });
    }

    /** The jar's own, with ids that are nobody else's and the connector's topic. */
    private String deadLetters() {
        try (InputStream resource = RouteFile.class.getResourceAsStream("/routes/" + DEAD_LETTERS + ".camel.yaml")) {
            return new String(resource.readAllBytes(), StandardCharsets.UTF_8)
                    .replaceAll("(?m)^\\s*#.*\\R", "")
                    .replaceAll("(?m)^(\\s*-?\\s*id: )", "$1" + draft.slug() + "-")
                    .replaceAll(
                            "(?m)^(\\s*endpoint: ).*$",
                            "$1\"" + draft.deadLetters().text() + "\" # "
                                    + draft.deadLetters().origin());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String scalar(String value) {
        try {
            return PLAIN.matcher(value).matches() ? value : JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
