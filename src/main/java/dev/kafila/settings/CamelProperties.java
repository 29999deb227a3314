package dev.kafila.settings;

import dev.kafila.aws.IamLogin;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import software.amazon.msk.auth.iam.IAMClientCallbackHandler;

/** The properties that Camel is started with: it looks nowhere else. */
final class CamelProperties {

    private final Values values;

    CamelProperties(Values values) {
        this.values = values;
    }

    /** Every setting of ours, in the form that Camel takes; "" for what is unset and has a name of its own, so that each placeholder resolves. */
    Map<String, String> own() {
        Map<String, String> own = new LinkedHashMap<>();
        Catalogue.named().map(Key::name).forEach(name -> own.put(name, values.normal(name)));
        flow(LambdaKeys.PREFIX, own);
        LambdaPayload payload = new LambdaPayload(values);
        own.put(LambdaKeys.PREFIX + "payload-limit", Long.toString(payload.limit()));
        own.put(LambdaKeys.PREFIX + "batch-bytes", Long.toString(payload.batchBytes()));
        flow(EventBridgeKeys.PREFIX, own);
        route(GatewayKeys.PREFIX, own);
        return own;
    }

    /** Families, and how AWS is reached. */
    private void route(String prefix, Map<String, String> own) {
        values.set().values().stream()
                .filter(setting -> setting.name().startsWith(prefix))
                .forEach(setting -> own.putIfAbsent(setting.name(), setting.value()));
        String ownAws = prefix + "aws.";
        UnaryOperator<String> aws = new RouteAws(values, ownAws).text();
        own.keySet().stream()
                .filter(name -> name.startsWith(ownAws))
                .toList()
                .forEach(name -> own.put(name, aws.apply(name.substring(ownAws.length()))));
    }

    private void flow(String prefix, Map<String, String> own) {
        route(prefix, own);
        Topics topics = values.topics(prefix + "topics");
        own.put(prefix + "topic-is-pattern", Boolean.toString(topics.pattern() != null));
        own.put(prefix + "topic-names", String.join(",", topics.names()));
        own.put(prefix + "consumer-on-failure", consumerOnFailure(prefix));
    }

    /** What the consumer does by itself, about a gap that retention left: it can stop or go on, but neither drop nor dead-letter. */
    private String consumerOnFailure(String prefix) {
        String policy = values.normal(prefix + "on-failure");
        return policy.startsWith("stop") ? policy : "retry";
    }

    /** Camel's options that follow from ours. */
    Map<String, String> derived() {
        Map<String, String> derived = new LinkedHashMap<>();
        // A client factory on the registry is meant for one component, not for each that speaks to Kafka.
        derived.put("camel.component.kafka.autowired-enabled", "false");
        kafka("camel.component.kafka-batch.configuration.", derived);
        kafka("camel.component.kafka.configuration.", derived);
        return derived;
    }

    private void kafka(String prefix, Map<String, String> derived) {
        KafkaKeys.all()
                .filter(key -> !key.isFamily() && !values.text(key.name()).isEmpty())
                .forEach(key -> derived.put(
                        prefix + key.name().substring(KafkaKeys.PREFIX.length()), values.normal(key.name())));
        values.set().values().stream()
                .filter(setting -> setting.name().startsWith(KafkaKeys.PROPERTIES))
                .filter(setting -> !setting.value().isEmpty())
                .forEach(setting -> derived.put(
                        prefix + "additional-properties[" + setting.name().substring(KafkaKeys.PROPERTIES.length())
                                + "]",
                        setting.value()));
        if (values.text(KafkaKeys.PREFIX + "sasl-mechanism").equals(IamLogin.MECHANISM)) {
            iam(prefix, derived);
        }
    }

    /** Who writes the login module's options writes them for AWS's handler. */
    private void iam(String prefix, Map<String, String> derived) {
        Class<?> handler = IAMClientCallbackHandler.class;
        if (values.text(KafkaKeys.PREFIX + "sasl-jaas-config").isEmpty()) {
            derived.put(prefix + "sasl-jaas-config", IamLogin.jaas(RouteAws.common(values)));
            handler = IamLogin.class;
        }
        derived.putIfAbsent(prefix + "additional-properties[sasl.client.callback.handler.class]", handler.getName());
    }
}
