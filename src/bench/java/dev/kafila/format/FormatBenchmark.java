package dev.kafila.format;

import dev.kafila.bench.Pipelines;
import dev.kafila.bench.Samples;
import dev.kafila.format.FormatOptions.Input;
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
    private static final int LIMIT = 6 * 1024 * 1024;

    @Param({"esm", "plain", "json", "confluent", "raw"})
    private String format;

    @Param({"100", "512", "10240"})
    private int bytes;

    private final PayloadBuffer buffer = new PayloadBuffer(LIMIT);
    private List<ConsumerRecord<byte[], byte[]>> records;
    private PayloadAssembler assembler;

    @Setup
    public void prepare() {
        FormatOptions options = new FormatOptions(
                true,
                true,
                SchemaVisibility.MIN,
                SchemaVisibility.MIN,
                "broker.example:9092",
                "",
                new Input("string", "string", false));
        RecordFormatter formatter = Formatters.create(format, options, null);
        records = Samples.batch(bytes);
        assembler = new PayloadAssembler(
                formatter, Pipelines.reading(formatter.decodes(), formatter.decodesHeaders()), true, LIMIT);
    }

    @Benchmark
    @OperationsPerInvocation(Samples.BATCH)
    public PayloadAssembler.Assembly payload() {
        return assembler.assemble(records, true, buffer);
    }
}
