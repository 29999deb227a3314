package dev.kafila.settings;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** How settings are called in the environment, where names hold neither dots nor dashes. */
final class EnvironmentNames {

    static final String PREFIX = "KAFILA_";

    /**
     * What Kubernetes puts into every container for a service called {@code kafila}, {@code kafila-any} or {@code camel-any}
     * (https://kubernetes.io/docs/concepts/containers/container-environment/).
     */
    private static final Pattern INJECTED = Pattern.compile("KAFILA_SERVICE_.*|KAFILA_PORT.*"
            + "|.+_SERVICE_(HOST|PORT(_.+)?)|.+_PORT_\\d+_(TCP|UDP|SCTP)(_(PROTO|PORT|ADDR))?");

    private static final Pattern INJECTED_PORT = Pattern.compile("(tcp|udp|sctp)://.*");

    private static final Map<String, String> NAMES = Catalogue.named()
            .map(Key::name)
            .collect(Collectors.toUnmodifiableMap(EnvironmentNames::of, Function.identity()));

    private EnvironmentNames() {}

    static String of(String name) {
        return name.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
    }

    /** The setting that a variable names; in a family the rest of the name is lower case, with {@code .} for {@code _}. */
    static Optional<String> setting(String variable) {
        return Optional.ofNullable(NAMES.get(variable)).or(() -> ofFamily(variable));
    }

    /** Whether it is Kubernetes that set this, and not somebody who configures this process. */
    static boolean isInjected(String variable, String value) {
        return INJECTED.matcher(variable).matches()
                || (variable.endsWith("_PORT") && INJECTED_PORT.matcher(value).matches());
    }

    private static Optional<String> ofFamily(String variable) {
        return Catalogue.KEYS.stream()
                .filter(Key::isFamily)
                .map(Key::prefix)
                .filter(prefix -> variable.startsWith(of(prefix)) && variable.length() > prefix.length())
                .findFirst()
                .map(prefix -> prefix
                        + variable.substring(prefix.length())
                                .toLowerCase(Locale.ROOT)
                                .replace('_', '.'));
    }
}
