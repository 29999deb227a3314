package dev.kafila.settings;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What has to fit together among the settings of requests into Kafka. */
final class GatewayCheck {

    private static final String URL = GatewayKeys.PREFIX + "confluent.schema.registry.url";

    private final Values values;
    private final Problems problems;

    GatewayCheck(Values values, Problems problems) {
        this.values = values;
        this.problems = problems;
    }

    void run() {
        if (text("topics").isEmpty() || !values.areRight(name("schemas"), name("framing"))) {
            return;
        }
        String schemas = text("schemas");
        if (schemas.equals("confluent") && !values.set().containsKey(URL)) {
            problems.add(URL, "is required, because " + name("schemas") + " is confluent");
        }
        directory(schemas);
        framing(schemas);
        messages();
    }

    private void directory(String schemas) {
        String directory = text("schema-directory");
        if (schemas.equals("directory") && directory.isEmpty()) {
            problems.add(
                    values.setting(name("schema-directory")),
                    "is required, because " + name("schemas") + " is directory");
        } else if (!directory.isEmpty() && !Files.isDirectory(Path.of(directory))) {
            problems.add(values.setting(name("schema-directory")), "must be a directory that exists");
        }
    }

    /** A frame names the schema in the registry that it came from. */
    private void framing(String schemas) {
        String framing = text("framing");
        if (!framing.equals("raw") && !framing.equals(schemas)) {
            problems.add(
                    values.setting(name("framing")),
                    "must be raw or " + name("schemas") + ", which is " + schemas
                            + ": a frame holds the id that the schema has in that registry");
        }
    }

    private void messages() {
        if (text("messages").isEmpty() || !values.areRight(name("messages"), name("topics"))) {
            return;
        }
        List<String> topics = Types.entries(text("topics"));
        for (String entry : Types.entries(text("messages"))) {
            String topic = entry.substring(0, entry.indexOf('=')).strip();
            if (!topics.contains(topic)) {
                problems.add(
                        values.setting(name("messages")),
                        "names the topic " + topic + ", which is not among " + name("topics"));
            }
        }
    }

    private String text(String name) {
        return values.text(name(name));
    }

    private static String name(String name) {
        return GatewayKeys.PREFIX + name;
    }
}
