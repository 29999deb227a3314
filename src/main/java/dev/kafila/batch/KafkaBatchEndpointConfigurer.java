package dev.kafila.batch;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiConsumer;
import org.apache.camel.CamelContext;
import org.apache.camel.component.kafka.KafkaEndpointConfigurer;

/** Binds what {@code kafka-batch} adds to the options of {@code kafka}. */
public final class KafkaBatchEndpointConfigurer extends KafkaEndpointConfigurer {
    static final Map<String, Option<?>> OPTIONS = Map.of(
            "batchSize", new Option<>(int.class, KafkaBatchEndpoint::setBatchSize),
            "batchBytes", new Option<>(long.class, KafkaBatchEndpoint::setBatchBytes),
            // camel-kafka has a producer option of this name: a consumer's batch has nothing to do with it.
            "lingerMs", new Option<>(Duration.class, KafkaBatchEndpoint::setLinger),
            "bufferBytes", new Option<>(long.class, KafkaBatchEndpoint::setBufferBytes),
            "maxInFlight", new Option<>(int.class, KafkaBatchEndpoint::setMaxInFlight),
            "onFailure", new Option<>(String.class, KafkaBatchEndpoint::setOnFailure),
            "startingPosition", new Option<>(String.class, KafkaBatchEndpoint::setStartingPosition),
            "drainTimeout", new Option<>(Duration.class, KafkaBatchEndpoint::setDrainTimeout),
            "probeInterval", new Option<>(Duration.class, KafkaBatchEndpoint::setProbeInterval));

    @Override
    public boolean configure(CamelContext context, Object target, String name, Object value, boolean ignoreCase) {
        Option<?> option = find(name, ignoreCase);
        if (option == null) {
            return super.configure(context, target, name, value, ignoreCase);
        }
        bind(option, context, (KafkaBatchEndpoint) target, value);
        return true;
    }

    @Override
    public Class<?> getOptionType(String name, boolean ignoreCase) {
        Option<?> option = find(name, ignoreCase);
        return option == null ? super.getOptionType(name, ignoreCase) : option.type();
    }

    private <T> void bind(Option<T> option, CamelContext context, KafkaBatchEndpoint endpoint, Object value) {
        option.setter().accept(endpoint, property(context, option.type(), value));
    }

    private static Option<?> find(String name, boolean ignoreCase) {
        if (!ignoreCase) {
            return OPTIONS.get(name);
        }
        return OPTIONS.entrySet().stream()
                .filter(option -> option.getKey().toLowerCase(Locale.ROOT).equals(name.toLowerCase(Locale.ROOT)))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(null);
    }

    record Option<T>(Class<T> type, BiConsumer<KafkaBatchEndpoint, T> setter) {}
}
