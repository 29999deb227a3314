package dev.kafila.lambda;

import dev.kafila.format.FormatOptions;
import dev.kafila.format.Formatters;
import dev.kafila.format.PayloadAssembler;
import dev.kafila.format.PayloadAssembler.Assembly;
import dev.kafila.format.PayloadBuffer;
import dev.kafila.pipeline.PipelineOptions;
import dev.kafila.pipeline.RecordPipeline;
import dev.kafila.pipeline.SourceState;
import dev.kafila.record.RecordDecoder;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Writes the event that a function gets of some records, whatever their number and size; of records that cannot be read, the event with
 * their bytes as they are. Thread-safe.
 */
public final class EventWriter implements AutoCloseable {
    private final RecordPipeline pipeline;
    private final PayloadAssembler asSent;
    private final PayloadAssembler asRead;

    private EventWriter(RecordPipeline pipeline, PayloadAssembler asSent, PayloadAssembler asRead) {
        this.pipeline = pipeline;
        this.asSent = asSent;
        this.asRead = asRead;
    }

    /**
     * Makes the writer of what a {@link LambdaDelivery} sends.
     *
     * @param parameters of that delivery
     * @throws IllegalArgumentException with the name of a parameter that is not right
     */
    public static EventWriter start(CamelContext context, Map<String, ?> parameters) {
        LambdaOptions options = new LambdaOptions(parameters);
        PipelineOptions steps = options.pipeline(context).withoutFilter();
        FormatOptions form = options.formatOptions(steps);
        var formatter = Formatters.create(options.format(), form, context);
        SourceState sources =
                new SourceState("events-" + options.route(), options.retry().maxDelay());
        RecordPipeline pipeline =
                RecordPipeline.start(steps, formatter.decodes(), formatter.decodesHeaders(), sources, context);
        return new EventWriter(
                pipeline,
                new PayloadAssembler(formatter, pipeline, true, Integer.MAX_VALUE),
                new PayloadAssembler(
                        Formatters.create(options.format(), form.undecoded(), context),
                        new RecordDecoder(null, null, null),
                        true,
                        Integer.MAX_VALUE));
    }

    /**
     * Writes one event.
     *
     * @param records at least one, all of one partition
     * @throws dev.kafila.record.SourceUnavailableException if one of them cannot be read for now
     */
    public byte[] write(List<ConsumerRecord<byte[], byte[]>> records) {
        PayloadBuffer out = new PayloadBuffer(4096);
        Assembly assembly = asSent.assemble(records, true, out);
        if (assembly.unavailable() != null) {
            throw assembly.unavailable();
        }
        if (!assembly.rejected().isEmpty()) {
            asRead.assemble(records, true, out);
        }
        return out.toByteArray();
    }

    @Override
    public void close() {
        pipeline.close();
    }
}
