package dev.kafila.settings;

import dev.kafila.aws.AwsSettings;
import dev.kafila.aws.AwsSettingsCheck;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * What a route's own settings for AWS leave open is taken from the common ones, one by one, except where that would mix identities: own
 * keys, provider class or profile replace the common ones and the common role; an own role is assumed with own or else common
 * credentials and asks for its own external id; an own proxy brings its own user. A role's session that nobody names has the route's
 * {@code connector-id}, if the route has one, as with AWS's own connector.
 */
final class RouteAws {

    private static final String SESSION = "role-session-name";
    private static final Set<String> CREDENTIALS =
            Set.of("profile", "credentials-provider", "access-key-id", "secret-access-key", "session-token");
    private static final Set<String> ROLE = Set.of("role-arn", SESSION, "external-id");
    private static final Set<String> PROXY = Set.of("proxy", "proxy-user", "proxy-password");

    private final Values values;
    private final String prefix;
    private final String connectorId;

    /** @param prefix of the route's own settings, such as {@code kafila.lambda.aws.} */
    RouteAws(Values values, String prefix) {
        this.values = values;
        this.prefix = prefix;
        this.connectorId = prefix.replaceFirst("aws\\.$", "connector-id");
    }

    static AwsSettings common(Values values) {
        return AwsSettings.of(name -> values.text(AwsKeys.PREFIX + name));
    }

    AwsSettings settings() {
        return AwsSettings.of(text());
    }

    /** The text of a setting, by its short name; "" when neither the route nor the common settings have it. */
    UnaryOperator<String> text() {
        return name -> values.text(source(name));
    }

    static void checkCommon(Values values, Problems problems) {
        AwsSettingsCheck.problems(common(values))
                .forEach((name, problem) -> problems.add(values.setting(AwsKeys.PREFIX + name), problem));
    }

    /** Leaves out what is already wrong with the common settings. */
    void check(Problems problems) {
        Map<String, String> common = AwsSettingsCheck.problems(common(values));
        AwsSettingsCheck.problems(settings()).forEach((name, problem) -> {
            if (!problem.equals(common.get(name))) {
                problems.add(values.setting(source(name)), problem);
            }
        });
    }

    private String source(String name) {
        boolean own = has(name)
                || (CREDENTIALS.contains(name) && hasAny(CREDENTIALS))
                || (ROLE.contains(name) && (has("role-arn") || hasAny(CREDENTIALS)))
                || (PROXY.contains(name) && hasAny(PROXY));
        String source = (own ? prefix : AwsKeys.PREFIX) + name;
        return isUnnamedSession(name, source) ? connectorId : source;
    }

    private boolean isUnnamedSession(String name, String source) {
        return name.equals(SESSION)
                && values.text(source).isEmpty()
                && !values.text(source("role-arn")).isEmpty()
                && Catalogue.find(connectorId).isPresent();
    }

    private boolean hasAny(Set<String> names) {
        return names.stream().anyMatch(this::has);
    }

    private boolean has(String name) {
        return !values.text(prefix + name).isEmpty();
    }
}
