package dev.kafila.gateway.schema;

import dev.kafila.aws.AwsSettings;
import dev.kafila.schema.GlueRegistry;
import dev.kafila.schema.LatestSchema;

/** One registry of AWS Glue. */
final class GlueSource implements SchemaSource {
    private final GlueRegistry glue;
    private final String registry;

    /** Throws {@link dev.kafila.aws.AwsSettingsException} if Glue cannot be reached with these settings. */
    GlueSource(AwsSettings aws, String registry) {
        this.registry = registry;
        glue = new GlueRegistry(aws);
        glue.connect();
    }

    @Override
    public LatestSchema latest(String name) {
        return glue.latest(registry, name);
    }

    @Override
    public void close() {
        glue.close();
    }
}
