package dev.kafila.aws;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * How a client reaches AWS. Each component may be null, which leaves it to the AWS SDK; an empty string is the same as null, because
 * that is how an unset placeholder arrives.
 *
 * @param region              e.g. {@code eu-central-1}; null: the SDK's chain, with {@code AWS_DEFAULT_REGION} in it
 * @param endpoint            replaces AWS's own address for every service, with scheme and port
 * @param profile             of the shared credentials and configuration files
 * @param roleArn             a role to assume on top of the other credentials
 * @param roleSessionName     what the role's session is called in CloudTrail; null: {@code kafila}
 * @param externalId          what the role's trust policy may ask for
 * @param credentialsProvider class name of an {@code AwsCredentialsProvider}; the two keys win over it
 * @param accessKeyId         goes with {@code secretAccessKey}
 * @param secretAccessKey     goes with {@code accessKeyId}
 * @param sessionToken        of temporary keys
 * @param proxy               {@code http://host:port}; null: what the SDK finds in system properties and the environment
 * @param proxyUser           goes with {@code proxyPassword}
 * @param proxyPassword       goes with {@code proxyUser}
 */
public record AwsSettings(
        String region,
        String endpoint,
        String profile,
        String roleArn,
        String roleSessionName,
        String externalId,
        String credentialsProvider,
        String accessKeyId,
        String secretAccessKey,
        String sessionToken,
        String proxy,
        String proxyUser,
        String proxyPassword) {

    /** The names of the settings, as they follow {@code kafila.aws.}, in the order of the components. */
    public static final List<String> NAMES = List.of(
            "region",
            "endpoint",
            "profile",
            "role-arn",
            "role-session-name",
            "external-id",
            "credentials-provider",
            "access-key-id",
            "secret-access-key",
            "session-token",
            "proxy",
            "proxy-user",
            "proxy-password");

    /** Everything is left to the AWS SDK. */
    public static final AwsSettings SDK_DEFAULTS = of(name -> null);

    public AwsSettings {
        region = blankAsNull(region);
        endpoint = blankAsNull(endpoint);
        profile = blankAsNull(profile);
        roleArn = blankAsNull(roleArn);
        roleSessionName = blankAsNull(roleSessionName);
        externalId = blankAsNull(externalId);
        credentialsProvider = blankAsNull(credentialsProvider);
        accessKeyId = blankAsNull(accessKeyId);
        secretAccessKey = blankAsNull(secretAccessKey);
        sessionToken = blankAsNull(sessionToken);
        proxy = blankAsNull(proxy);
        proxyUser = blankAsNull(proxyUser);
        proxyPassword = blankAsNull(proxyPassword);
    }

    /** Reads each of {@link #NAMES} from {@code values}, which answers null or an empty string for what is not set. */
    public static AwsSettings of(UnaryOperator<String> values) {
        return new AwsSettings(
                values.apply("region"),
                values.apply("endpoint"),
                values.apply("profile"),
                values.apply("role-arn"),
                values.apply("role-session-name"),
                values.apply("external-id"),
                values.apply("credentials-provider"),
                values.apply("access-key-id"),
                values.apply("secret-access-key"),
                values.apply("session-token"),
                values.apply("proxy"),
                values.apply("proxy-user"),
                values.apply("proxy-password"));
    }

    /** The same with other values for those of {@link #NAMES} that {@code values} answers neither null nor an empty string for. */
    public AwsSettings overriddenBy(UnaryOperator<String> values) {
        AwsSettings other = of(values);
        return new AwsSettings(
                either(other.region, region),
                either(other.endpoint, endpoint),
                either(other.profile, profile),
                either(other.roleArn, roleArn),
                either(other.roleSessionName, roleSessionName),
                either(other.externalId, externalId),
                either(other.credentialsProvider, credentialsProvider),
                either(other.accessKeyId, accessKeyId),
                either(other.secretAccessKey, secretAccessKey),
                either(other.sessionToken, sessionToken),
                either(other.proxy, proxy),
                either(other.proxyUser, proxyUser),
                either(other.proxyPassword, proxyPassword));
    }

    /** What is set, by its name in {@link #NAMES}: what {@link #of} makes the same of. Holds secrets. */
    public Map<String, String> named() {
        List<String> values = Arrays.asList(
                region,
                endpoint,
                profile,
                roleArn,
                roleSessionName,
                externalId,
                credentialsProvider,
                accessKeyId,
                secretAccessKey,
                sessionToken,
                proxy,
                proxyUser,
                proxyPassword);
        Map<String, String> named = new TreeMap<>();
        for (int i = 0; i < values.size(); i++) {
            if (values.get(i) != null) {
                named.put(NAMES.get(i), values.get(i));
            }
        }
        return named;
    }

    private static String either(String first, String second) {
        return first == null ? second : first;
    }

    /** Names no secret: it may end in a log. */
    @Override
    public String toString() {
        return "AwsSettings[region=" + region + ", endpoint=" + endpoint + ", profile=" + profile + ", roleArn="
                + roleArn
                + ", credentialsProvider=" + credentialsProvider + ", keys=" + (accessKeyId != null) + ", proxy="
                + proxy
                + "]";
    }

    private static String blankAsNull(String value) {
        return value == null || value.isBlank() ? null : value.trim();
    }
}
