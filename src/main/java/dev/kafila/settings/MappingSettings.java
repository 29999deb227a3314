package dev.kafila.settings;

import dev.kafila.aws.AwsSettings;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What event source mappings need to know. Holds secrets.
 *
 * @param enabled whether this instance serves the API and runs mappings
 * @param account in the ARNs of what is named without one; 12 digits
 * @param aws     for functions, destinations and secrets: the mappings' own settings over the common ones
 */
public record MappingSettings(
        boolean enabled, Api api, String account, Shared shared, Allowed allowed, Polling polling, AwsSettings aws) {

    /**
     * Where the API listens, and to whom.
     *
     * @param port       0: a free one
     * @param accessKeys secret access keys by their ids, in any case; none: nobody has to sign
     */
    public record Api(String host, int port, Map<String, String> accessKeys) {
        @Override
        public String toString() {
            return "Api[host=" + host + ", port=" + port + ", accessKeys=" + accessKeys.keySet() + "]";
        }
    }

    /**
     * What instances share.
     *
     * @param topic            where mappings live
     * @param topicReplication if it has to be created; null: the broker's default
     * @param group            by which instances agree on who writes states
     */
    public record Shared(String topic, Integer topicReplication, String group) {}

    /**
     * What a request may name. Patterns are texts in which {@code *} stands for any characters.
     *
     * @param brokers      as {@code host:port}, with the protocol in front where it is not the usual one
     * @param clusters     brokers of MSK clusters by their ARNs
     * @param registries   URLs, or patterns of Glue ARNs
     * @param secrets      fields of secrets ({@code username}, {@code password}, {@code certificate}, {@code key}, {@code passphrase}) by the
     *                     secrets' names, in any case
     * @param secretArns   patterns of secrets in AWS Secrets Manager
     * @param functions    patterns of ARNs
     * @param destinations patterns of ARNs and of {@code kafka://topic}
     */
    public record Allowed(
            List<String> brokers,
            Map<String, List<String>> clusters,
            List<String> registries,
            Map<String, Map<String, String>> secrets,
            List<String> secretArns,
            List<String> functions,
            List<String> destinations) {
        @Override
        public String toString() {
            return "Allowed[brokers=" + brokers + ", clusters=" + clusters + ", registries=" + registries + ", secrets="
                    + secrets.keySet() + "]";
        }
    }

    /**
     * How mappings run.
     *
     * @param timeout      of one call
     * @param maxInFlight  calls of one poller
     * @param bufferBytes  of one poller
     * @param drainTimeout of calls that are out when a mapping changes or the process stops
     * @param maxPollers   of a mapping that does not say
     * @param probeInterval after which what cannot work as things are is tried again
     */
    public record Polling(
            Duration timeout,
            int maxInFlight,
            long bufferBytes,
            Duration drainTimeout,
            int maxPollers,
            Duration scalingInterval,
            Duration probeInterval) {}

    static MappingSettings of(Values values) {
        return new MappingSettings(
                values.flag(name("enabled")),
                new Api(
                        values.text(name("host")),
                        values.integer(name("port")),
                        family(values, MappingKeys.ACCESS_KEYS)),
                values.text(name("account")),
                new Shared(
                        values.text(name("topic")),
                        values.get(name("topic-replication"), Integer.class),
                        values.text(name("group"))),
                allowed(values),
                new Polling(
                        values.duration(name("timeout")),
                        values.integer(name("max-in-flight")),
                        values.size(name("buffer-bytes")),
                        values.duration(name("drain-timeout")),
                        values.integer(name("max-pollers")),
                        values.duration(name("scaling-interval")),
                        values.duration(name("probe-interval"))),
                new RouteAws(values, MappingKeys.PREFIX + "aws.").settings());
    }

    private static Allowed allowed(Values values) {
        String own = values.text(name("brokers"));
        Map<String, List<String>> clusters = new HashMap<>();
        fields(values, MappingKeys.CLUSTERS)
                .values()
                .forEach(cluster -> clusters.put(cluster.get("arn"), Types.entries(cluster.get("brokers"))));
        return new Allowed(
                Types.entries(own.isEmpty() ? values.text(KafkaKeys.PREFIX + "brokers") : own),
                clusters,
                list(values, "registries"),
                fields(values, MappingKeys.SECRETS),
                list(values, "secret-arns"),
                list(values, "functions"),
                list(values, "destinations"));
    }

    private static List<String> list(Values values, String name) {
        String text = values.text(name(name));
        return text.isEmpty() ? List.of() : Types.entries(text);
    }

    /** What was set of a family, by the rest of the name, in any case: a name that comes from the environment is lower case. */
    static Map<String, String> family(Values values, String prefix) {
        Map<String, String> family = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        values.set().values().stream()
                .filter(setting ->
                        setting.name().startsWith(prefix) && !setting.value().isEmpty())
                .forEach(setting -> family.put(setting.name().substring(prefix.length()), setting.value()));
        return family;
    }

    /** What was set of a family of families, by the name in the middle, in any case, and the last part of the name. */
    static Map<String, Map<String, String>> fields(Values values, String prefix) {
        Map<String, Map<String, String>> fields = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        family(values, prefix).forEach((name, value) -> {
            int dot = name.lastIndexOf('.');
            fields.computeIfAbsent(name.substring(0, Math.max(dot, 0)), named -> new HashMap<>())
                    .put(name.substring(dot + 1), value);
        });
        return fields;
    }

    private static String name(String name) {
        return MappingKeys.PREFIX + name;
    }
}
