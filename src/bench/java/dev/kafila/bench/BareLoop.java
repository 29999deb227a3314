package dev.kafila.bench;

import dev.kafila.aws.AwsClients;
import dev.kafila.aws.AwsSettings;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;
import software.amazon.awssdk.services.lambda.LambdaClient;

/**
 * The shortest program that carries records from Kafka to AWS, as a process of its own: it polls, sends what it got, commits, and polls
 * again. Values are text without anything to escape. {@code brokers=} {@code topic=} {@code endpoint=} {@code operation=invoke|putevents};
 * it says when it is ready and ends when its standard input does.
 */
public final class BareLoop {
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final int ENTRIES = 10;

    private BareLoop() {}

    public static void main(String[] args) throws Exception {
        Arguments arguments = Arguments.of(args);
        AwsSettings aws = SdkCalls.settings(arguments.text("endpoint"));
        Consumer<List<String>> sender = arguments.text("operation").equals("invoke") ? invoking(aws) : putting(aws);
        Thread loop = new Thread(() -> carry(arguments.text("brokers"), arguments.text("topic"), sender), "carry");
        loop.setDaemon(true);
        loop.start();
        Child.awaitEndOfInput();
        System.exit(0);
    }

    private static void carry(String brokers, String topic, Consumer<List<String>> sender) {
        try (KafkaConsumer<byte[], byte[]> consumer = ConsumerLimit.consumer(brokers)) {
            consumer.subscribe(List.of(topic));
            while (consumer.assignment().isEmpty()) {
                consumer.poll(POLL);
            }
            Child.sayReady(topic);
            while (true) {
                List<String> values = new ArrayList<>();
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    values.add(new String(record.value(), StandardCharsets.UTF_8));
                }
                if (!values.isEmpty()) {
                    sender.accept(values);
                    consumer.commitAsync();
                }
            }
        }
    }

    private static Consumer<List<String>> invoking(AwsSettings aws) {
        LambdaClient client = AwsClients.lambda(aws, TIMEOUT, 1);
        return values -> {
            SdkBytes payload = SdkBytes.fromUtf8String("[\"" + String.join("\",\"", values) + "\"]");
            client.invoke(request -> request.functionName("bench").payload(payload));
        };
    }

    private static Consumer<List<String>> putting(AwsSettings aws) {
        EventBridgeClient client = AwsClients.eventBridge(aws, TIMEOUT, 1);
        return values -> {
            for (int from = 0; from < values.size(); from += ENTRIES) {
                List<PutEventsRequestEntry> entries =
                        values.subList(from, Math.min(from + ENTRIES, values.size())).stream()
                                .map(BareLoop::entry)
                                .toList();
                client.putEvents(request -> request.entries(entries));
            }
        };
    }

    private static PutEventsRequestEntry entry(String value) {
        return PutEventsRequestEntry.builder()
                .eventBusName("bench")
                .source("bench")
                .detailType("bench")
                .detail("{\"value\":\"" + value + "\"}")
                .build();
    }
}
