package dev.kafila.batch;

import java.util.Map;
import org.apache.camel.component.kafka.KafkaComponent;
import org.apache.camel.component.kafka.KafkaEndpoint;
import org.apache.camel.spi.annotations.Component;
import org.apache.camel.util.ObjectHelper;
import org.apache.camel.util.PropertiesHelper;

/** Consumes batches of one partition; every option of {@code kafka:} works as Camel documents it. */
@Component("kafka-batch")
public final class KafkaBatchComponent extends KafkaComponent {

    @Override
    protected KafkaEndpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters)
            throws Exception {
        if (ObjectHelper.isEmpty(remaining)) {
            throw new IllegalArgumentException("kafka-batch needs at least one topic: kafka-batch:topic1,topic2");
        }
        Map<String, Object> additional = PropertiesHelper.extractProperties(parameters, "additionalProperties.");
        KafkaBatchEndpoint endpoint = new KafkaBatchEndpoint(uri, this);
        endpoint.setConfiguration(getConfiguration().copy());
        setProperties(endpoint, parameters);
        if (endpoint.getConfiguration().getSslContextParameters() == null) {
            endpoint.getConfiguration().setSslContextParameters(retrieveGlobalSslContextParameters());
        }
        endpoint.getConfiguration().getAdditionalProperties().putAll(additional);
        if (endpoint.getConfiguration().getTopic() == null) {
            endpoint.getConfiguration().setTopic(remaining);
        }
        return endpoint;
    }
}
