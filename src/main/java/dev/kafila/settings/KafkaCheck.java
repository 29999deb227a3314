package dev.kafila.settings;

import java.util.Map;
import java.util.Optional;

/** What has to fit together among the settings of the cluster. */
final class KafkaCheck {

    /** Of Kafka's consumer: https://kafka.apache.org/39/documentation.html#consumerconfigs_max.poll.interval.ms */
    private static final int MAX_POLL_INTERVAL_MS = 300_000;

    private static final String MAX_POLL_INTERVAL = KafkaKeys.PROPERTIES + "max.poll.interval.ms";
    private static final String PROTOCOL = KafkaKeys.PREFIX + "security-protocol";

    /** What the component sets by itself, because commits depend on it, and what else says so. */
    private static final Map<String, String> RESERVED = Map.of(
            "group.id", "set the group of the route",
            "enable.auto.commit", "offsets are committed when their records are settled",
            "auto.offset.reset", "set the starting position of the route",
            "key.deserializer", "set the key's converter of the route",
            "value.deserializer", "set the value's converter of the route",
            "bootstrap.servers", "set kafila.kafka.brokers");

    private final Values values;
    private final Problems problems;

    KafkaCheck(Values values, Problems problems) {
        this.values = values;
        this.problems = problems;
    }

    void run() {
        values.set().keySet().stream()
                .filter(name -> name.startsWith(KafkaKeys.PROPERTIES))
                .forEach(this::isFree);
        if (values.areRight(PROTOCOL)) {
            String protocol = values.text(PROTOCOL);
            isUsed("sasl-", protocol.startsWith("SASL_"), "SASL_PLAINTEXT or SASL_SSL");
            isUsed("ssl-", protocol.endsWith("SSL"), "SSL or SASL_SSL");
        }
        if (maxPollIntervalMs().isEmpty()) {
            problems.add(values.setting(MAX_POLL_INTERVAL), "must be a number of milliseconds, such as 300000");
        }
    }

    /** After which the broker gives a silent consumer's partitions to others; empty when what was set is not a number. */
    Optional<Integer> maxPollIntervalMs() {
        String text = values.text(MAX_POLL_INTERVAL);
        if (text.isEmpty()) {
            return Optional.of(MAX_POLL_INTERVAL_MS);
        }
        return Types.integer(1, Integer.MAX_VALUE).read(text);
    }

    private void isFree(String name) {
        String client = name.substring(KafkaKeys.PROPERTIES.length());
        String own = KafkaKeys.PREFIX + client.replace('.', '-');
        if (RESERVED.containsKey(client)) {
            problems.add(values.setting(name), "is not free to choose; " + RESERVED.get(client));
        } else if (Catalogue.named().anyMatch(key -> key.name().equals(own))) {
            problems.add(values.setting(name), "is a setting of its own; set " + own);
        }
    }

    /** A password that the client would ignore is a connection that is not what somebody thinks it is. */
    private void isUsed(String begin, boolean used, String right) {
        if (!used) {
            values.set().values().stream()
                    .filter(setting -> setting.name().startsWith(KafkaKeys.PREFIX + begin))
                    .filter(setting -> values.isChosen(setting.name()))
                    .forEach(setting -> problems.add(
                            setting,
                            "has no effect with " + PROTOCOL + "=" + values.text(PROTOCOL) + "; set " + right));
        }
    }
}
