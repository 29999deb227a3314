package dev.kafila.bench;

import dev.kafila.aws.AwsSettings;
import dev.kafila.format.FormatOptions;
import dev.kafila.format.FormatOptions.Input;
import dev.kafila.format.Formatters;
import dev.kafila.format.PayloadAssembler;
import dev.kafila.format.RecordFormatter;
import dev.kafila.format.SchemaVisibility;
import dev.kafila.pipeline.PipelineOptions;
import dev.kafila.pipeline.RecordPipeline;
import dev.kafila.pipeline.SourceState;
import java.time.Duration;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;

/** What reads and writes records as a sink does that is told nothing: keys and values are text, and nothing is filtered or transformed. */
public final class Pipelines {
    /** What Lambda takes in one request, in bytes. */
    static final int PAYLOAD_LIMIT = 6 * 1024 * 1024;

    private static final FormatOptions OPTIONS = new FormatOptions(
            true,
            true,
            SchemaVisibility.MIN,
            SchemaVisibility.MIN,
            "broker.example:9092",
            "",
            new Input("string", "string", false));

    private Pipelines() {}

    /** Puts records into payloads of that form. */
    static PayloadAssembler writing(String format) {
        RecordFormatter formatter = Formatters.create(format, OPTIONS, null);
        return new PayloadAssembler(
                formatter, reading(formatter.decodes(), formatter.decodesHeaders()), true, PAYLOAD_LIMIT);
    }

    /** Decodes no more than is said. */
    public static RecordPipeline reading(boolean keysAndValues, boolean headers) {
        CamelContext context = new DefaultCamelContext();
        PipelineOptions options = PipelineOptions.of(name -> "", AwsSettings.SDK_DEFAULTS, context);
        SourceState state = new SourceState("bench", Duration.ofSeconds(1));
        return RecordPipeline.start(options, keysAndValues, headers, state, context);
    }
}
