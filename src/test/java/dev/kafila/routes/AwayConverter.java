package dev.kafila.routes;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.errors.RetriableException;
import org.apache.kafka.connect.storage.StringConverter;

/** Asks a registry that a test can take away, by the name in its option {@code registry}. */
public final class AwayConverter extends StringConverter {
    private static final Map<String, Integer> AWAY = new ConcurrentHashMap<>();

    private String registry = "";

    public static void away(String registry) {
        AWAY.put(registry, 0);
    }

    public static void back(String registry) {
        AWAY.remove(registry);
    }

    public static int asked(String registry) {
        return AWAY.getOrDefault(registry, 0);
    }

    @Override
    public void configure(Map<String, ?> configs, boolean isKey) {
        super.configure(configs, isKey);
        registry = String.valueOf(configs.get("registry"));
    }

    @Override
    public SchemaAndValue toConnectData(String topic, byte[] value) {
        if (AWAY.computeIfPresent(registry, (name, asked) -> asked + 1) != null) {
            throw new RetriableException("registry " + registry + " cannot be reached");
        }
        return super.toConnectData(topic, value);
    }
}
