package dev.kafila.settings;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The settings of a function of AWS Lambda: those of a process, with a login by IAM over TLS as default, and with the variables that
 * {@code krakend-lambda-kafka} is configured by.
 *
 * @see <a href="https://github.com/lastminutedotcom/krakend-lambda-kafka">krakend-lambda-kafka</a>
 */
public final class FunctionSettings {
    private static final String BROKERS = KafkaKeys.PREFIX + "brokers";
    private static final String PROTOCOL = KafkaKeys.PREFIX + "security-protocol";
    private static final String MECHANISM = KafkaKeys.PREFIX + "sasl-mechanism";
    private static final String TOPICS = GatewayKeys.PREFIX + "topics";

    /** The second spelling is the original's. */
    private static final List<String> BROKER_VARIABLES = List.of("KAFKA_BOOTSTRAP_SERVERS", "KAFKA_BOOSTRAP_SERVERS");

    private final Sources process;
    private final Map<String, Setting> set;
    private final Map<String, String> environment;

    private FunctionSettings(Sources process) {
        this.process = process;
        Sources chosen = new Sources(process.system(), process.environment(), process.workingDirectory(), Map.of());
        // What is wrong is told when all of it is read.
        set = Reading.of(chosen, new Problems());
        environment = new HashMap<>(process.environment());
    }

    /**
     * Resolves and checks the settings as {@link Settings#load} does.
     *
     * @throws SettingsException with everything that is wrong; also if it is not said where to write
     */
    public static Settings load(Sources process) {
        return new FunctionSettings(process).load();
    }

    private Settings load() {
        BROKER_VARIABLES.forEach(variable -> use(BROKERS, variable));
        use(AwsKeys.PREFIX + "region", "REGION");
        use(GatewayKeys.PREFIX + "registry", "GLUE_REGISTRY_NAME");
        byDefault(PROTOCOL, "SASL_SSL");
        if (text(PROTOCOL).startsWith("SASL_")) {
            byDefault(MECHANISM, "AWS_MSK_IAM");
        }
        Problems problems = new Problems();
        require(TOPICS, "the topics that may be written to", problems);
        require(BROKERS, "the cluster's first contacts, also as " + BROKER_VARIABLES.get(0), problems);
        return Settings.load(
                new Sources(process.system(), environment, process.workingDirectory(), process.jar()), problems);
    }

    private void use(String name, String variable) {
        String value = process.environment().getOrDefault(variable, "").strip();
        if (!value.isEmpty()) {
            byDefault(name, value);
        }
    }

    /** Under its own name, which no environment has by itself: a problem says that the environment is where it was set. */
    private void byDefault(String name, String value) {
        if (text(name).isEmpty()) {
            environment.put(name, value);
        }
    }

    private String text(String name) {
        Setting setting = set.get(name);
        return setting == null ? environment.getOrDefault(name, "") : setting.value();
    }

    private void require(String name, String meaning, Problems problems) {
        if (text(name).isEmpty()) {
            problems.add(name, "is required; set " + EnvironmentNames.of(name) + " to " + meaning);
        }
    }
}
