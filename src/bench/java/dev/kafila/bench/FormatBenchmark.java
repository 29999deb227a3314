package dev.kafila.bench;

import dev.kafila.format.PayloadAssembler;
import dev.kafila.format.PayloadBuffer;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** A batch of records as the payload of a function, in each of the forms, decoded as the form needs it. */
@State(Scope.Benchmark)
public class FormatBenchmark {
    @Param({"esm", "plain", "json", "confluent", "raw"})
    private String format;

    @Param({"100", "512", "10240"})
    private int bytes;

    private final PayloadBuffer buffer = new PayloadBuffer(Pipelines.PAYLOAD_LIMIT);
    private List<ConsumerRecord<byte[], byte[]>> records;
    private PayloadAssembler assembler;

    @Setup
    public void prepare() {
        records = Samples.batch(bytes);
        assembler = Pipelines.writing(format);
    }

    @Benchmark
    @OperationsPerInvocation(Samples.BATCH)
    public PayloadAssembler.Assembly write() {
        return assembler.assemble(records, true, buffer);
    }
}
