package dev.kafila.batch;

import dev.kafila.bench.Samples;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** What the poll thread does for a record: it counts its size, buffers it, cuts it into a batch and settles it. */
@State(Scope.Benchmark)
public class BatchBenchmark {
    private static final TopicPartition PARTITION = new TopicPartition("orders", 0);
    private static final BatchOptions OPTIONS = new BatchOptions(
            Samples.BATCH,
            Long.MAX_VALUE,
            Duration.ZERO,
            1 << 30,
            1,
            FailureAction.RETRY,
            StartingPosition.parse("earliest"),
            Duration.ZERO,
            Duration.ofSeconds(1));

    @Param({"100", "512", "10240"})
    private int bytes;

    private List<ConsumerRecord<byte[], byte[]>> records;
    private Lane lane;

    @Setup
    public void prepare() {
        records = Samples.batch(bytes);
        lane = new Lane(PARTITION, new Ledger().account("bench", PARTITION), 0);
    }

    @Benchmark
    @OperationsPerInvocation(Samples.BATCH)
    public RecordBatch build() {
        lane.add(records.stream().map(BufferedRecord::of).toList(), 0);
        RecordBatch batch = lane.handOut(OPTIONS, new Lease(Runnable::run, () -> {}));
        lane.settle(Outcomes.delivered(batch.size()));
        return batch;
    }

    @Benchmark
    @OperationsPerInvocation(Samples.BATCH)
    public long size() {
        long size = 0;
        for (ConsumerRecord<byte[], byte[]> record : records) {
            size += RecordSize.of(record);
        }
        return size;
    }
}
