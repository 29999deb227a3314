package dev.kafila.failure;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/** What a dead letter says about its record: names that Kafka Connect's users know, then our own. */
final class DeadLetterFields {
    /** How often the record has come back from a dead-letter topic: a guard against loops. */
    static final String REDRIVES = "kafila.redrives";

    private static final String CONNECT = "__connect.errors.";

    /** The instance: in a pod its name, else the host's. */
    private static final String HOST = host();

    private DeadLetterFields() {}

    /**
     * The fields of one record, in the order of the contract.
     *
     * @param sink   that could not deliver it
     * @param member of the group in this process
     */
    static Map<String, String> of(FailedRecord failed, Sink sink, int member) {
        ConsumerRecord<byte[], byte[]> record = failed.record();
        Failure failure = failed.failure();
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put(CONNECT + "topic", record.topic());
        fields.put(CONNECT + "partition", String.valueOf(record.partition()));
        fields.put(CONNECT + "offset", String.valueOf(record.offset()));
        fields.put(CONNECT + "connector.name", sink.route());
        fields.put(CONNECT + "task.id", HOST + "-" + member);
        fields.put(CONNECT + "stage", failure.stage().name());
        fields.put(CONNECT + "class.name", failure.className());
        fields.put(CONNECT + "exception.class.name", failure.exceptionClass());
        fields.put(CONNECT + "exception.message", failure.message());
        fields.put(CONNECT + "exception.stacktrace", failure.stackTrace());
        fields.put("kafila.error.kind", failure.kind().label());
        fields.put("kafila.error.code", failure.code());
        fields.put("kafila.attempts", String.valueOf(failed.attempts()));
        fields.put("kafila.first.failure", failed.firstFailure().toString());
        fields.put("kafila.last.failure", failed.lastFailure().toString());
        fields.put("kafila.target", sink.target());
        fields.put(REDRIVES, String.valueOf(redrives(record)));
        return fields;
    }

    /** One more than the record tells of itself; none if it tells nothing, or nothing that is a number. */
    private static long redrives(ConsumerRecord<?, ?> record) {
        Header header = record.headers().lastHeader(REDRIVES);
        if (header == null || header.value() == null || header.value().length > 9) {
            return 0;
        }
        String text = new String(header.value(), StandardCharsets.UTF_8);
        boolean number = !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
        return number ? Long.parseLong(text) + 1 : 0;
    }

    private static String host() {
        String pod = System.getenv("HOSTNAME");
        if (pod != null && !pod.isBlank()) {
            return pod;
        }
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "unknown";
        }
    }
}
