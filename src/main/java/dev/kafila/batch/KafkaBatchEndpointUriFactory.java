package dev.kafila.batch;

import java.util.HashSet;
import java.util.Set;
import org.apache.camel.component.kafka.KafkaEndpointUriFactory;

/** Lets YAML name the topic and the options of {@code kafka-batch} as parameters. */
public final class KafkaBatchEndpointUriFactory extends KafkaEndpointUriFactory {

    @Override
    public boolean isEnabled(String scheme) {
        return "kafka-batch".equals(scheme);
    }

    @Override
    public Set<String> propertyNames() {
        Set<String> names = new HashSet<>(super.propertyNames());
        names.addAll(KafkaBatchEndpointConfigurer.OPTIONS.keySet());
        return names;
    }
}
