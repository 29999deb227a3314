package dev.kafila.sandbox;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * AWS Glue's schema registry. A definition that a schema does not have yet becomes a version of it when a producer asks for it, as if it
 * had been registered before.
 */
public final class SandboxSchemas extends SandboxTarget<SchemaRequest> {
    /** The registry of schemas that are created without naming one. */
    public static final String DEFAULT_REGISTRY = "default-registry";

    private final Map<String, Schema> schemas = new LinkedHashMap<>();
    private final Map<UUID, Version> versions = new LinkedHashMap<>();

    SandboxSchemas() {}

    private record Schema(String registry, String dataFormat) {}

    /** A version of a schema; numbers begin with 1. */
    record Version(UUID id, String registry, String schema, int number, String dataFormat, String definition) {}

    /** Creates a schema; the format is {@code AVRO}, {@code PROTOBUF} or {@code JSON}. */
    public void create(String schema, String dataFormat) {
        create(DEFAULT_REGISTRY, schema, dataFormat);
    }

    /** Creates a schema in a registry. No two registries have a schema of the same name here. */
    public synchronized void create(String registry, String schema, String dataFormat) {
        schemas.put(schema, new Schema(registry, dataFormat));
    }

    /** The id of the version that a definition is. Empty if there is no such schema. */
    public synchronized Optional<UUID> register(String schema, String definition) {
        Schema created = schemas.get(schema);
        if (created == null) {
            return Optional.empty();
        }
        UUID id = UUID.nameUUIDFromBytes((schema + '\n' + definition).getBytes(StandardCharsets.UTF_8));
        int number = latest(created.registry(), schema).map(Version::number).orElse(0) + 1;
        versions.putIfAbsent(id, new Version(id, created.registry(), schema, number, created.dataFormat(), definition));
        return Optional.of(id);
    }

    /** Deletes a schema with its versions. */
    public synchronized void delete(String schema) {
        schemas.remove(schema);
        versions.values().removeIf(version -> version.schema().equals(schema));
    }

    synchronized Optional<Version> version(UUID id) {
        return Optional.ofNullable(versions.get(id));
    }

    synchronized Optional<Version> latest(String registry, String schema) {
        return versions.values().stream()
                .filter(version ->
                        version.registry().equals(registry) && version.schema().equals(schema))
                .reduce((earlier, later) -> later);
    }

    @Override
    public synchronized void reset() {
        super.reset();
        schemas.clear();
        versions.clear();
    }
}
