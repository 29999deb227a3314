package dev.kafila.settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** What people read about the settings, as it follows from the catalogue. */
final class Reference {

    static final Path PROPERTIES = Path.of("src/main/resources/application.properties");
    static final Path README = Path.of("README.md");

    private static final List<String> ROUTE_AWS = List.of(
            LambdaKeys.PREFIX + "aws.",
            EventBridgeKeys.PREFIX + "aws.",
            MappingKeys.PREFIX + "aws.",
            GatewayKeys.PREFIX + "aws.");

    /** Between what two lines a file holds the reference. */
    record Markers(String begin, String end) {

        static final Markers OF_PROPERTIES = new Markers("# settings:begin", "# settings:end");
        static final Markers OF_MARKDOWN = new Markers("<!-- settings:begin -->", "<!-- settings:end -->");

        /** What is between them in this file. */
        String read(Path file) throws IOException {
            String text = Files.readString(file);
            return text.substring(text.indexOf(begin) + begin.length() + 1, text.indexOf(end));
        }

        void write(Path file, String reference) throws IOException {
            String text = Files.readString(file);
            Files.writeString(
                    file,
                    text.substring(0, text.indexOf(begin) + begin.length() + 1)
                            + reference
                            + text.substring(text.indexOf(end)));
        }
    }

    private Reference() {}

    /** One table for each group of settings. */
    static String markdown() {
        StringBuilder text = new StringBuilder();
        sections().forEach((title, keys) -> {
            text.append("\n#### ").append(title).append("\n\n| setting | default | meaning |\n|---|---|---|\n");
            keys.forEach(key -> text.append(row(key)));
        });
        text.append("\n" + ROUTE_AWS.stream().map(prefix -> "`" + prefix + "*`").collect(Collectors.joining(", "))
                + " are those of `" + AwsKeys.PREFIX
                + "*`, for the clients of that route, of mappings or of requests into Kafka, alone.\n");
        return text.append("\n").toString();
    }

    /** Every setting, with its default and a comment. */
    static String properties() {
        StringBuilder text = new StringBuilder();
        sections().forEach((title, keys) -> {
            text.append("\n# ").append(title).append("\n");
            keys.forEach(key -> text.append(line(key)));
        });
        text.append(
                "\n# The same as kafila.aws, for the clients of that route, of mappings or of requests into Kafka, alone\n");
        those(Reference::isAwsOfRoute).forEach(key -> text.append(key.name()).append("=\n"));
        return text.append("\n").toString();
    }

    private static Map<String, List<Key>> sections() {
        Map<String, List<Key>> sections = new LinkedHashMap<>();
        sections.put("The cluster", those(key -> key.name().startsWith(KafkaKeys.PREFIX)));
        sections.put("AWS", those(key -> key.name().startsWith(AwsKeys.PREFIX)));
        sections.put("From Kafka to Lambda", ofRoute(LambdaKeys.PREFIX));
        sections.put("From Kafka to EventBridge", ofRoute(EventBridgeKeys.PREFIX));
        sections.put("Event source mappings", ofRoute(MappingKeys.PREFIX));
        sections.put("Requests into Kafka", ofRoute(GatewayKeys.PREFIX));
        List<Key> rest = those(key -> true);
        sections.values().forEach(rest::removeAll);
        rest.removeIf(Reference::isAwsOfRoute);
        sections.put("The process", rest);
        return sections;
    }

    private static List<Key> ofRoute(String prefix) {
        return those(key -> key.name().startsWith(prefix) && !isAwsOfRoute(key));
    }

    private static boolean isAwsOfRoute(Key key) {
        return ROUTE_AWS.stream().anyMatch(key.name()::startsWith);
    }

    private static List<Key> those(Predicate<Key> of) {
        return Catalogue.KEYS.stream().filter(of).collect(Collectors.toCollection(ArrayList::new));
    }

    private static String row(Key key) {
        String value = key.defaultValue().isEmpty() ? "" : "`" + key.defaultValue() + "`";
        return "| `" + key.name() + "` | " + value + " | " + key.meaning().replace("|", "\\|") + " |\n";
    }

    private static String line(Key key) {
        String comment = "# " + key.meaning().replace("`", "") + "\n";
        return comment + (key.isFamily() ? "#" : "") + key.name() + "=" + key.defaultValue() + "\n";
    }
}
