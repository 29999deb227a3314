package dev.kafila.eventbridge;

import dev.kafila.bench.Samples;
import dev.kafila.format.PayloadBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/** A batch of records as entries of EventBridge, and as requests with as many of them as go in. */
@State(Scope.Benchmark)
public class EntryBenchmark {
    @Param({"100", "512", "10240"})
    private int bytes;

    private final PayloadBuffer buffer = new PayloadBuffer(SampleEntries.LIMIT);
    private List<ConsumerRecord<byte[], byte[]>> records;
    private List<String> texts;
    private EntryReader reader;

    @Setup
    public void prepare() {
        records = Samples.batch(bytes);
        texts = records.stream()
                .map(record -> new String(record.value(), StandardCharsets.UTF_8))
                .toList();
        reader = SampleEntries.reader("orders");
    }

    @Benchmark
    @OperationsPerInvocation(Samples.BATCH)
    public void format(Blackhole blackhole) {
        for (ConsumerRecord<byte[], byte[]> record : records) {
            blackhole.consume(reader.read(record, buffer));
        }
    }

    @Benchmark
    @OperationsPerInvocation(Samples.BATCH)
    public void pack(Blackhole blackhole) {
        RequestPacker packer = new RequestPacker(reader, records, true, Map.of());
        while (packer.hasNext()) {
            blackhole.consume(packer.next());
        }
    }

    @Benchmark
    @OperationsPerInvocation(Samples.BATCH)
    public int size() {
        int size = 0;
        for (String text : texts) {
            size += Utf8Size.of(text);
        }
        return size;
    }
}
