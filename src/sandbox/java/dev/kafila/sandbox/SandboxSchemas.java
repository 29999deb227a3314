package dev.kafila.sandbox;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * AWS Glue's schema registry. A definition that a schema does not have yet becomes a version of it when a producer asks for it, as if it
 * had been registered before.
 */
public final class SandboxSchemas extends SandboxTarget<SchemaRequest> {
    private final Map<String, String> formats = new ConcurrentHashMap<>();
    private final Map<UUID, Version> versions = new ConcurrentHashMap<>();

    SandboxSchemas() {}

    /** A version of a schema. */
    record Version(UUID id, String schema, String dataFormat, String definition) {}

    /** Creates a schema; the format is {@code AVRO}, {@code PROTOBUF} or {@code JSON}. */
    public void create(String schema, String dataFormat) {
        formats.put(schema, dataFormat);
    }

    /** The id of the version that a definition is. Empty if there is no such schema. */
    public Optional<UUID> register(String schema, String definition) {
        String format = formats.get(schema);
        if (format == null) {
            return Optional.empty();
        }
        UUID id = UUID.nameUUIDFromBytes((schema + '\n' + definition).getBytes(StandardCharsets.UTF_8));
        versions.put(id, new Version(id, schema, format, definition));
        return Optional.of(id);
    }

    Optional<Version> version(UUID id) {
        return Optional.ofNullable(versions.get(id));
    }

    @Override
    public synchronized void reset() {
        super.reset();
        formats.clear();
        versions.clear();
    }
}
