package dev.kafila.schema;

import dev.kafila.aws.AwsSettings;
import java.util.Map;

/** How AWS Glue's registry is reached: as every service, unless the converter says otherwise by the names of Glue's own serdes. */
final class GlueOptions {
    private static final Map<String, String> NAMES = Map.of(
            "region", "region",
            "endpoint", "endpoint",
            "proxy", "proxyUrl",
            "role-arn", "assumeRoleArn",
            "role-session-name", "assumeRoleSessionName");

    private GlueOptions() {}

    static AwsSettings settings(ConverterOptions options, AwsSettings aws) {
        return aws.overriddenBy(name -> NAMES.containsKey(name) ? options.text(NAMES.get(name)) : "");
    }
}
