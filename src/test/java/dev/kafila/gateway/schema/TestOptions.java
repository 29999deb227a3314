package dev.kafila.gateway.schema;

import dev.kafila.aws.AwsSettings;
import dev.kafila.gateway.schema.SchemaOptions.Framing;
import dev.kafila.gateway.schema.SchemaOptions.Source;
import dev.kafila.sandbox.SandboxAws;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** Options of sources that tests have. */
final class TestOptions {
    private static final Duration REFRESH = Duration.ofMinutes(5);

    private TestOptions() {}

    /** The sandbox's registry. */
    static SchemaOptions glue(SandboxAws sandbox, Framing framing, Map<String, String> messages) {
        AwsSettings aws = AwsSettings.of(Map.of(
                "region", "us-east-1",
                "endpoint", sandbox.endpoint().toString(),
                "access-key-id", "AKIDGATEWAY",
                "secret-access-key", "secret")::get);
        return new SchemaOptions(Source.GLUE, "", REFRESH, "default-registry", aws, Map.of(), null, messages, framing);
    }

    /** A registry with Confluent's API. */
    static SchemaOptions confluent(Map<String, String> options, Framing framing, Map<String, String> messages) {
        return new SchemaOptions(
                Source.CONFLUENT,
                "",
                REFRESH,
                "default-registry",
                AwsSettings.SDK_DEFAULTS,
                options,
                null,
                messages,
                framing);
    }

    /** A directory of {@code .proto} files. */
    static SchemaOptions directory(Path directory, String name, Map<String, String> messages) {
        return new SchemaOptions(
                Source.DIRECTORY,
                name,
                REFRESH,
                "default-registry",
                AwsSettings.SDK_DEFAULTS,
                Map.of(),
                directory,
                messages,
                Framing.RAW);
    }
}
