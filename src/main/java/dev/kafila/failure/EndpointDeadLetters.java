package dev.kafila.failure;

import dev.kafila.format.PayloadBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.camel.AsyncProducer;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.apache.camel.component.kafka.KafkaConstants;
import org.apache.camel.support.service.ServiceHelper;
import org.apache.camel.util.URISupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/** Writes dead letters to any endpoint of Camel, each as one JSON object. */
final class EndpointDeadLetters implements DeadLetterTarget {
    private final Endpoint endpoint;
    private final AsyncProducer producer;

    EndpointDeadLetters(Endpoint endpoint) throws Exception {
        this.endpoint = endpoint;
        this.producer = endpoint.createAsyncProducer();
        ServiceHelper.startService(producer);
    }

    @Override
    public void prepare() {
        // What an endpoint needs it makes itself, or not at all.
    }

    @Override
    public boolean isSourceOf(FailedRecord failed) {
        return false;
    }

    @Override
    public CompletableFuture<Void> write(FailedRecord failed, Map<String, String> fields) {
        ConsumerRecord<byte[], byte[]> record = failed.record();
        Exchange exchange = endpoint.createExchange(ExchangePattern.InOnly);
        exchange.setProperty(Exchange.CHARSET_NAME, StandardCharsets.UTF_8.name());
        exchange.getMessage().setBody(json(record, fields));
        // Where it comes from, for addresses such as a file's name. Nothing else of a record becomes a header of
        // Camel's.
        exchange.getMessage().setHeader(KafkaConstants.TOPIC, record.topic());
        exchange.getMessage().setHeader(KafkaConstants.PARTITION, record.partition());
        exchange.getMessage().setHeader(KafkaConstants.OFFSET, record.offset());
        return producer.processAsync(exchange)
                .thenCompose(done -> done.getException() == null
                        ? CompletableFuture.completedFuture(null)
                        : CompletableFuture.failedFuture(done.getException()));
    }

    private static String json(ConsumerRecord<byte[], byte[]> record, Map<String, String> fields) {
        PayloadBuffer out = new PayloadBuffer(4096);
        name("{", "topic", out);
        out.string(record.topic());
        name(",", "partition", out);
        out.number(record.partition());
        name(",", "offset", out);
        out.number(record.offset());
        name(",", "timestamp", out);
        out.number(record.timestamp());
        name(",", "key", out);
        base64(record.key(), out);
        name(",", "value", out);
        base64(record.value(), out);
        name(",", "headers", out);
        headers(record, out);
        name(",", "error", out);
        error(fields, out);
        out.write('}');
        return new String(out.toByteArray(), StandardCharsets.UTF_8);
    }

    private static void headers(ConsumerRecord<byte[], byte[]> record, PayloadBuffer out) {
        out.write('[');
        String before = "{";
        for (Header header : record.headers()) {
            name(before, "key", out);
            out.string(header.key());
            name(",", "value", out);
            base64(header.value(), out);
            out.write('}');
            before = ",{";
        }
        out.write(']');
    }

    private static void error(Map<String, String> fields, PayloadBuffer out) {
        String before = "{";
        for (Map.Entry<String, String> field : fields.entrySet()) {
            name(before, field.getKey(), out);
            out.string(field.getValue());
            before = ",";
        }
        out.write('}');
    }

    private static void name(String before, String name, PayloadBuffer out) {
        out.write(before.getBytes(StandardCharsets.US_ASCII));
        out.string(name);
        out.write(':');
    }

    private static void base64(byte[] bytes, PayloadBuffer out) {
        if (bytes == null) {
            out.nullValue();
        } else {
            out.base64(bytes);
        }
    }

    @Override
    public void close() {
        ServiceHelper.stopAndShutdownService(producer);
    }

    @Override
    public String toString() {
        return URISupport.sanitizeUri(endpoint.getEndpointUri());
    }
}
