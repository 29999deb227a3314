package dev.kafila.aws;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What is wrong with settings for AWS before anything is sent. */
public final class AwsSettingsCheck {

    /** https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html */
    private static final Pattern ROLE_SESSION_NAME = Pattern.compile("[\\w+=,.@-]{2,64}");

    private static final Pattern ROLE_ARN = Pattern.compile("arn:aws[\\w-]*:iam::\\d{1,12}:role/.+");
    private static final Pattern EXTERNAL_ID = Pattern.compile("[\\w+=,.@:/-]{2,1224}");

    private AwsSettingsCheck() {}

    /** Each problem under the name of its setting ({@code secret-access-key}), in words that hold no secret; empty if there is none. */
    public static Map<String, String> problems(AwsSettings settings) {
        Map<String, String> problems = new LinkedHashMap<>();
        address("endpoint", settings.endpoint(), problems);
        proxy(settings.proxy(), problems);
        pair("access-key-id", settings.accessKeyId(), "secret-access-key", settings.secretAccessKey(), problems);
        pair("proxy-user", settings.proxyUser(), "proxy-password", settings.proxyPassword(), problems);
        needs("session-token", settings.sessionToken(), "access-key-id", settings.accessKeyId(), problems);
        needs("proxy-user", settings.proxyUser(), "proxy", settings.proxy(), problems);
        needs("role-session-name", settings.roleSessionName(), "role-arn", settings.roleArn(), problems);
        needs("external-id", settings.externalId(), "role-arn", settings.roleArn(), problems);
        form("role-arn", settings.roleArn(), ROLE_ARN, "arn:aws:iam::123456789012:role/name", problems);
        form(
                "role-session-name",
                settings.roleSessionName(),
                ROLE_SESSION_NAME,
                "2 to 64 of A-Z a-z 0-9 _+=,.@-",
                problems);
        form("external-id", settings.externalId(), EXTERNAL_ID, "2 to 1224 of A-Z a-z 0-9 _+=,.@:/-", problems);
        return problems;
    }

    static void requireConsistent(AwsSettings settings) {
        Map<String, String> problems = problems(settings);
        if (!problems.isEmpty()) {
            throw new AwsSettingsException(
                    problems.entrySet().stream()
                            .map(problem -> problem.getKey() + ": " + problem.getValue())
                            .collect(Collectors.joining("; ")),
                    null);
        }
    }

    private static void address(String name, String value, Map<String, String> problems) {
        if (value != null && authority(value) == null) {
            problems.put(name, "must be http://host:port or https://host:port, without user, path or query");
        }
    }

    /** Without a port the SDK would silently go without the proxy. */
    private static void proxy(String value, Map<String, String> problems) {
        URI uri = value == null ? null : authority(value);
        if (value != null
                && (uri == null || uri.getPort() <= 0 || !uri.getRawPath().isEmpty())) {
            problems.put("proxy", "must be http://host:port; user and password are settings of their own");
        }
    }

    /** The address that {@code value} is, or null when it is more or less than scheme, host and port. */
    private static URI authority(String value) {
        try {
            URI uri = new URI(value);
            boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            boolean bare = uri.getRawUserInfo() == null && uri.getRawQuery() == null && uri.getRawFragment() == null;
            boolean root = "".equals(uri.getRawPath()) || "/".equals(uri.getRawPath());
            return http && bare && root && uri.getHost() != null ? uri : null;
        } catch (URISyntaxException e) {
            return null;
        }
    }

    private static void pair(
            String one, String oneValue, String other, String otherValue, Map<String, String> problems) {
        if (oneValue != null && otherValue == null) {
            problems.put(one, "is set, but " + other + " is not; set both or neither");
        } else if (oneValue == null && otherValue != null) {
            problems.put(other, "is set, but " + one + " is not; set both or neither");
        }
    }

    private static void needs(
            String one, String oneValue, String other, String otherValue, Map<String, String> problems) {
        if (oneValue != null && otherValue == null) {
            problems.putIfAbsent(one, "has no effect without " + other);
        }
    }

    private static void form(String name, String value, Pattern form, String right, Map<String, String> problems) {
        if (value != null && !form.matcher(value).matches()) {
            problems.putIfAbsent(name, "must be " + right);
        }
    }
}
