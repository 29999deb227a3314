package dev.kafila.migrate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Configurations to import, with what each connector needs at least. */
final class Given {
    static final Map<String, String> NORDSTROM = Map.of(
            "connector.class", "com.nordstrom.kafka.connect.lambda.LambdaSinkConnector",
            "topics", "orders",
            "key.converter", "org.apache.kafka.connect.storage.StringConverter",
            "value.converter", "org.apache.kafka.connect.storage.StringConverter",
            "aws.region", "eu-central-1",
            "aws.lambda.function.arn", "process-orders");

    static final Map<String, String> CONFLUENT = Map.of(
            "connector.class", "io.confluent.connect.aws.lambda.AwsLambdaSinkConnector",
            "topics", "orders",
            "key.converter", "org.apache.kafka.connect.storage.StringConverter",
            "value.converter", "org.apache.kafka.connect.storage.StringConverter",
            "aws.lambda.region", "eu-central-1",
            "aws.lambda.function.name", "process-orders");

    static final Map<String, String> EVENT_BRIDGE = Map.of(
            "connector.class", "software.amazon.event.kafkaconnector.EventBridgeSinkConnector",
            "topics", "orders",
            "key.converter", "org.apache.kafka.connect.storage.StringConverter",
            "value.converter", "org.apache.kafka.connect.storage.StringConverter",
            "aws.eventbridge.connector.id", "shop",
            "aws.eventbridge.region", "eu-central-1",
            "aws.eventbridge.eventbus.arn", "arn:aws:events:eu-central-1:123456789012:event-bus/orders");

    private static final ObjectMapper JSON = new ObjectMapper();

    private Given() {}

    /** What Nordstrom's connector comes to with these properties, which may replace others. */
    static Imported nordstrom(Path directory, String... properties) {
        return imported(directory, NORDSTROM, properties);
    }

    /** What Confluent's connector comes to with these properties, which may replace others. */
    static Imported confluent(Path directory, String... properties) {
        return imported(directory, CONFLUENT, properties);
    }

    /** What AWS's EventBridge connector comes to with these properties, which may replace others. */
    static Imported eventBridge(Path directory, String... properties) {
        return imported(directory, EVENT_BRIDGE, properties);
    }

    /** @param properties names and values in turn; a value of null takes the property away */
    static Imported imported(Path directory, Map<String, String> least, String... properties) {
        Map<String, String> config = new LinkedHashMap<>(least);
        for (int i = 0; i < properties.length; i += 2) {
            if (properties[i + 1] == null) {
                config.remove(properties[i]);
            } else {
                config.put(properties[i], properties[i + 1]);
            }
        }
        return Imported.run(directory, json(Map.of("name", "orders", "config", config)), "--force", "-");
    }

    static String json(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
