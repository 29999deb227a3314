package dev.kafila.pipeline;

import dev.kafila.filter.RecordFilter;
import dev.kafila.record.KafkaRecord;
import dev.kafila.record.RecordDecodeException;
import dev.kafila.record.RecordDecoder;
import dev.kafila.record.RecordReader;
import dev.kafila.record.RecordTransformException;
import dev.kafila.record.SourceUnavailableException;
import dev.kafila.transform.Transforms;
import org.apache.camel.CamelContext;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Decodes, filters and transforms records, in this order, and decodes only what the format, the filter or a transform needs. */
public final class RecordPipeline implements RecordReader, AutoCloseable {
    private final PipelineConverters converters;
    private final RecordDecoder decoder;
    /** Null: all are wanted. */
    private final RecordFilter filter;
    /** Null: there are none. */
    private final Transforms transforms;

    private final SourceState state;

    private RecordPipeline(
            PipelineConverters converters,
            RecordDecoder decoder,
            RecordFilter filter,
            Transforms transforms,
            SourceState state) {
        this.converters = converters;
        this.decoder = decoder;
        this.filter = filter;
        this.transforms = transforms;
        this.state = state;
    }

    /**
     * Makes everything that the options name, also what is not needed: a wrong option is refused in any case.
     *
     * @param decodes        whether the format needs keys and values
     * @param decodesHeaders whether the format needs headers
     * @param state          is told when records cannot be read for now
     * @throws IllegalArgumentException if an option is not right, with its name
     */
    public static RecordPipeline start(
            PipelineOptions options, boolean decodes, boolean decodesHeaders, SourceState state, CamelContext context) {
        RecordFilter filter = options.recordFilter();
        PipelineConverters converters = PipelineConverters.create(options, context);
        Transforms transforms;
        try {
            transforms = options.transforms() ? Transforms.start(options.connect(), context) : null;
        } catch (RuntimeException e) {
            converters.close();
            throw e;
        }
        boolean all = transforms != null;
        boolean key = all || decodes || (filter != null && filter.readsKey());
        boolean value = all || decodes || (filter != null && filter.readsValue());
        boolean headers = all || decodesHeaders || (filter != null && filter.readsHeaders());
        RecordDecoder decoder = new RecordDecoder(
                key ? converters.key() : null,
                value ? converters.value() : null,
                headers ? converters.headers() : null);
        return new RecordPipeline(converters, decoder, filter, transforms, state);
    }

    @Override
    public KafkaRecord read(ConsumerRecord<byte[], byte[]> source) {
        try {
            KafkaRecord read = throughAll(source);
            state.reads(source);
            return read;
        } catch (SourceUnavailableException e) {
            state.waits(source, e);
            throw e;
        } catch (RecordDecodeException | RecordTransformException e) {
            // Within reach is all that it asks.
            state.reads(source);
            throw e;
        }
    }

    private KafkaRecord throughAll(ConsumerRecord<byte[], byte[]> source) {
        KafkaRecord record = decoder.read(source);
        if (filter != null && !filter.matches(record)) {
            return null;
        }
        return transforms == null ? record : transforms.apply(record);
    }

    @Override
    public void close() {
        if (transforms != null) {
            transforms.close();
        }
        converters.close();
    }
}
