package dev.kafila.settings;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What has to fit together among the settings of event source mappings. */
final class MappingCheck {

    private static final Set<String> SECRET_FIELDS = Set.of("username", "password", "certificate", "key", "passphrase");
    private static final Set<String> CLUSTER_FIELDS = Set.of("arn", "brokers");

    private final Values values;
    private final Problems problems;

    MappingCheck(Values values, Problems problems) {
        this.values = values;
        this.problems = problems;
    }

    /** @param maxPollIntervalMs empty when nobody can say */
    void run(Optional<Integer> maxPollIntervalMs) {
        host();
        fields(MappingKeys.SECRETS, SECRET_FIELDS, Set.of());
        fields(MappingKeys.CLUSTERS, CLUSTER_FIELDS, CLUSTER_FIELDS);
        maxPollIntervalMs.ifPresent(this::drain);
    }

    /** Whoever reaches the API makes this process connect, call and read. */
    private void host() {
        String host = MappingKeys.PREFIX + "host";
        if (values.areRight(host)
                && !Set.of("127.0.0.1", "::1", "localhost").contains(values.text(host))
                && MappingSettings.family(values, MappingKeys.ACCESS_KEYS).isEmpty()) {
            problems.add(
                    values.setting(host),
                    "is not a loopback address, so requests must be signed: set " + MappingKeys.ACCESS_KEYS
                            + "<access key id> to its secret access key");
        }
    }

    private void fields(String prefix, Set<String> known, Set<String> required) {
        Map<String, Map<String, String>> families = MappingSettings.fields(values, prefix);
        families.forEach((name, fields) -> {
            for (String field : fields.keySet()) {
                if (name.isEmpty() || !known.contains(field)) {
                    problems.add(
                            values.setting(prefix + (name.isEmpty() ? "" : name + ".") + field),
                            "must be " + prefix + "<name>. and one of " + String.join(", ", new TreeSet<>(known)));
                }
            }
            for (String field : new TreeSet<>(required)) {
                if (!name.isEmpty() && !fields.containsKey(field)) {
                    problems.add(prefix + name + "." + field, "is required, as others of " + name + " are set");
                }
            }
        });
    }

    /** A rebalance waits for calls that are out on the thread that polls. */
    private void drain(int maxPollIntervalMs) {
        String drain = MappingKeys.PREFIX + "drain-timeout";
        if (values.areRight(drain)
                && values.duration(drain).toMillis() * 2 >= maxPollIntervalMs
                && values.flag(MappingKeys.PREFIX + "enabled")) {
            problems.add(
                    values.setting(drain),
                    "must be below half of max.poll.interval.ms, which is " + maxPollIntervalMs + "ms");
        }
    }
}
