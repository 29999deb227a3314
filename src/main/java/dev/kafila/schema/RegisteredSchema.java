package dev.kafila.schema;

import java.util.Map;

/**
 * A schema as a registry keeps it.
 *
 * @param name       of it for messages, as {@code schema 7 of http://registry:8081}
 * @param format     the language that the text is in
 * @param text       Avro or JSON Schema as JSON, Protobuf as the text of a {@code .proto} file
 * @param references texts of the schemas that this one builds on by the names it calls them; each comes after those it builds on itself
 * @param version    of the topic's subject; null if it is not known
 */
public record RegisteredSchema(
        String name, DataFormat format, String text, Map<String, String> references, Integer version) {}
