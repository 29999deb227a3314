package dev.kafila.pipeline;

import dev.kafila.record.Converters;
import dev.kafila.record.KafkaRecord;
import dev.kafila.record.RecordDecoder;
import dev.kafila.record.RecordReader;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.connect.storage.Converter;

/** Decodes records as far as the format needs it. */
public final class RecordPipeline implements RecordReader, AutoCloseable {
    private final RecordDecoder decoder;
    private final boolean decodes;

    private RecordPipeline(RecordDecoder decoder, boolean decodes) {
        this.decoder = decoder;
        this.decodes = decodes;
    }

    /**
     * Makes everything that the options name.
     *
     * @param decodes        whether the format needs keys and values
     * @param decodesHeaders whether the format needs headers
     */
    public static RecordPipeline start(
            PipelineOptions options, boolean decodes, boolean decodesHeaders, CamelContext context) {
        return new RecordPipeline(
                new RecordDecoder(converter(options, true, context), converter(options, false, context)), decodes);
    }

    @Override
    public KafkaRecord read(ConsumerRecord<byte[], byte[]> record) {
        return decodes ? decoder.read(record) : KafkaRecord.undecoded(record);
    }

    @Override
    public void close() {}

    private static Converter converter(PipelineOptions options, boolean key, CamelContext context) {
        String name = key ? options.keyConverter() : options.valueConverter();
        Map<String, String> properties = options.connect().under(key ? "key-converter." : "value-converter.");
        return Converters.create(name, properties, key, options.aws(), context);
    }
}
