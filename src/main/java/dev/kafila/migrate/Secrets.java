package dev.kafila.migrate;

import java.util.regex.Pattern;

/** Tells what must not be written down, by its name and by what it looks like. */
final class Secrets {
    /** Says how to log in, or with what file, and not with what: {@code basic.auth.credentials.source}. */
    private static final Pattern NO_SECRET = Pattern.compile(
            "(?i).*([._](source|class|location|type|algorithm|mechanism|protocol|path|url|enabled?|ms))");

    private static final Pattern NAME = Pattern.compile("(?i).*(passw|passphrase|secret|token|licen[cs]e|jaas"
            + "|user[._-]?info|private|api[._-]?key|access[._-]?key|auth[._-]?key|cipher|keystore\\.key|authorization"
            + "|connection[._-]?string|proxy[._-]?user|credentials?(\\.json)?$).*");

    private static final Pattern VALUE = Pattern.compile("(?is).*(\\b(AKIA|ASIA)[A-Z0-9]{16}\\b|-----BEGIN |LoginModule"
            + "|://[^/?#\\s]*@|\\b(password|secret|token)\\W{0,3}[=:]|\\bbearer\\s|\\beyJ[\\w-]+\\.[\\w-]+).*");

    /** What somebody calls a transform says nothing of its options. */
    private static final Pattern ALIAS = Pattern.compile("^(?:transforms|predicates)\\.[^.]*");

    private Secrets() {}

    static boolean isSecret(String name, String value) {
        String telling = ALIAS.matcher(name).replaceFirst("");
        return (NAME.matcher(telling).matches() && !NO_SECRET.matcher(telling).matches())
                || VALUE.matcher(value).matches();
    }
}
