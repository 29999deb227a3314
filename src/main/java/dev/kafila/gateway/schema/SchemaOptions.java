package dev.kafila.gateway.schema;

import dev.kafila.aws.AwsSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Where the schemas of topics are, and what stands before a message.
 *
 * @param name      of a topic's schema, with {@code ${topic}} where the topic belongs; empty: {@code ${topic}}, and the subject {@code ${topic}-value} of {@code confluent}
 * @param refresh   after which the latest version is looked for again
 * @param registry  name of the registry in Glue
 * @param aws       how Glue is reached
 * @param confluent how another registry is reached, by the names of Confluent's clients
 * @param directory of {@code .proto} files; null unless that is the source
 * @param messages  names of messages by topic, with their package; a topic that is not in it has the first of its file
 */
public record SchemaOptions(
        Source source,
        String name,
        Duration refresh,
        String registry,
        AwsSettings aws,
        Map<String, String> confluent,
        Path directory,
        Map<String, String> messages,
        Framing framing) {

    private static final String TOPIC = "${topic}";

    public SchemaOptions {
        confluent = Map.copyOf(confluent);
        messages = Map.copyOf(messages);
    }

    /** What schemas come from. */
    public enum Source {
        GLUE(TOPIC),
        CONFLUENT(TOPIC + "-value"),
        DIRECTORY(TOPIC);

        private final String schemaName;

        Source(String schemaName) {
            this.schemaName = schemaName;
        }

        /** By its name in the settings. */
        public static Source of(String text) {
            return valueOf(text.toUpperCase(Locale.ROOT));
        }
    }

    /** What stands before a message on the wire: nothing, or what the consumers of a registry look for. */
    public enum Framing {
        RAW,
        GLUE,
        CONFLUENT;

        /** By its name in the settings. */
        public static Framing of(String text) {
            return valueOf(text.toUpperCase(Locale.ROOT));
        }
    }

    /** Reads {@code orders=shop.Order,returns=shop.Return}. */
    public static Map<String, String> messages(String text) {
        Map<String, String> messages = new LinkedHashMap<>();
        Arrays.stream(text.split(",")).filter(entry -> !entry.isBlank()).forEach(entry -> {
            String[] parts = entry.split("=", 2);
            if (parts.length < 2) {
                throw new IllegalArgumentException("'" + entry.strip() + "' is not topic=message");
            }
            messages.put(parts[0].strip(), parts[1].strip());
        });
        return messages;
    }

    /** What a topic's schema is called. */
    String schemaOf(String topic) {
        return (name.isEmpty() ? source.schemaName : name).replace(TOPIC, topic);
    }

    /** Names no secret. */
    @Override
    public String toString() {
        return "SchemaOptions[source=" + source + ", name=" + name + ", registry=" + registry + ", directory="
                + directory + ", framing=" + framing + "]";
    }
}
