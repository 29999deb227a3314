package dev.kafila.lambda;

import dev.kafila.batch.RecordBatch;
import dev.kafila.delivery.RecordAge;
import dev.kafila.delivery.TargetState;
import dev.kafila.failure.Part;
import dev.kafila.failure.Pending;
import dev.kafila.failure.Sink;
import dev.kafila.format.PayloadAssembler;
import dev.kafila.format.PayloadBuffer;
import dev.kafila.format.RecordFormatter;
import dev.kafila.record.KafkaRecord;
import dev.kafila.record.RecordDecoder;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The delivery of a mapping to a function in this process, step by step, with batches of any size. */
final class TestDelivery {
    private static final Sink SINK = new Sink("id", "mapping", "orders");

    private TestDelivery() {}

    static BatchDelivery to(Function<Part, LambdaAnswer> function, Map<String, String> parameters) {
        Map<String, String> all = new HashMap<>(Map.of(
                "function", "orders",
                "attempts", "function-errors",
                "maxAttempts", "3",
                "retryDelay", "0ms",
                "onFailure", "dead-letter"));
        all.putAll(parameters);
        return new BatchDelivery(
                new LambdaOptions(all),
                SINK,
                new PayloadAssembler(new Dots(), new RecordDecoder(null, null, null), true, Integer.MAX_VALUE),
                (part, payload) -> function.apply(part),
                new Reporting(false, false, true),
                new RecordAge(null, InstantSource.system()),
                new TargetState("lambda", "function", SINK));
    }

    /** Records at offsets from 0. */
    static Pending batch(int size) {
        return Pending.of(
                SINK,
                new RecordBatch(
                        "orders",
                        0,
                        LongStream.range(0, size)
                                .mapToObj(offset -> new ConsumerRecord<>("orders", 0, offset, new byte[0], new byte[0]))
                                .toList(),
                        1));
    }

    /** One byte for each record. */
    private static final class Dots implements RecordFormatter {
        @Override
        public boolean decodes() {
            return false;
        }

        @Override
        public void write(KafkaRecord record, PayloadBuffer out) {
            out.write('.');
        }
    }
}
