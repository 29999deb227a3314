package dev.kafila.settings;

import dev.kafila.aws.AwsSettings;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** The settings for AWS: once for every client, and once more for each route that has its own. */
final class AwsKeys {

    static final String PREFIX = "kafila.aws.";

    private static final Set<String> SECRETS = Set.of("secret-access-key", "session-token", "proxy-password");

    private static final Map<String, String> MEANINGS = Map.ofEntries(
            Map.entry("region", "Unset: the SDK's chain, `AWS_REGION` and `AWS_DEFAULT_REGION` first"),
            Map.entry("endpoint", "Replaces AWS's own address for every service, such as `http://127.0.0.1:4566`"),
            Map.entry("profile", "Of the shared credentials and configuration files"),
            Map.entry("role-arn", "A role to assume on top of the other credentials"),
            Map.entry("role-session-name", "Unset: `kafila`"),
            Map.entry("external-id", "What the role's trust policy may ask for"),
            Map.entry(
                    "credentials-provider",
                    "Class name of an `AwsCredentialsProvider`, from the plug-in directory too"),
            Map.entry("access-key-id", "With the secret: wins over a provider class and a profile"),
            Map.entry("secret-access-key", "With the access key id"),
            Map.entry("session-token", "Of temporary keys"),
            Map.entry("proxy", "`http://host:port`; unset: what the SDK finds. Exceptions are the SDK's, `NO_PROXY`"),
            Map.entry("proxy-user", "With the proxy's password"),
            Map.entry("proxy-password", "With the proxy's user"));

    private AwsKeys() {}

    /** @param prefix {@link #PREFIX}, or that of a route with {@code aws.} */
    static Stream<Key> all(String prefix) {
        return AwsSettings.NAMES.stream().map(name -> {
            Key key = Key.of(prefix + name, Types.TEXT, "", MEANINGS.get(name));
            return SECRETS.contains(name) ? key.asSecret() : key;
        });
    }
}
