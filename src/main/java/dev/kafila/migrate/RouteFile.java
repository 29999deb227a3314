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
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The route that does what a connector did, as a file of {@code routes/}. */
final class RouteFile {
    private static final ObjectMapper JSON = JsonMapper.builder().build();

    /** What YAML reads as it stands, and as a text. */
    private static final Pattern PLAIN =
            Pattern.compile("(?!(?i:yes|no|on|off|null)$)[A-Za-z][\\w./-]*|0|[1-9]\\d{0,9}(ms|s)?");

    private final Draft draft;
    private final StringBuilder text = new StringBuilder();

    private RouteFile(Draft draft) {
        this.draft = draft;
    }

    static String id(Draft draft) {
        return draft.slug() + draft.target().suffix();
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
        String deadLetters = draft.target().deadLetters();
        if (!draft.deadLetters().isEmpty()) {
            deadLetters = draft.slug() + "-" + deadLetters;
            text.append(deadLetters());
        }
        text.append("""
                - route:
                    id: %s
                    description: %s
                    routeConfigurationId: "delivery-failures,%s"
                    from:
                      uri: kamelet:kafila-kafka-source
                      description: Records of one partition, in order
                      parameters:
                """.formatted(id(draft), draft.target().description(), deadLetters));
        parameters(draft.source(), Parameters.SOURCE, " ".repeat(8));
        text.append("""
                      steps:
                        - to:
                            id: %s-%s
                            description: %s
                            uri: kamelet:%s
                            parameters:
                """.formatted(
                        draft.slug(),
                        draft.target().noun(),
                        draft.target().label(),
                        draft.target().kamelet()));
        parameters(draft.sink(), draft.target().sink(), " ".repeat(14));
        return text.toString();
    }

    private void parameters(Map<String, Parameter> parameters, List<String> order, String indent) {
        order.stream().filter(parameters::containsKey).forEach(name -> {
            Parameter parameter = parameters.get(name);
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
        String file = "/routes/" + draft.target().deadLetters() + ".camel.yaml";
        try (InputStream resource = RouteFile.class.getResourceAsStream(file)) {
            String yaml = new String(resource.readAllBytes(), StandardCharsets.UTF_8)
                    .replaceAll("(?m)^\\s*#.*\\R", "")
                    .replaceAll("(?m)^(\\s*-?\\s*id: )", "$1" + draft.slug() + "-");
            for (Map.Entry<String, Parameter> own : draft.deadLetters().entrySet()) {
                String line =
                        scalar(own.getValue().text()) + " # " + own.getValue().origin();
                yaml = yaml.replaceAll("(?m)^(\\s*" + own.getKey() + ": ).*$", "$1" + Matcher.quoteReplacement(line));
            }
            return yaml;
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
