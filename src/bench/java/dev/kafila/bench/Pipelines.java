package dev.kafila.bench;

import dev.kafila.aws.AwsSettings;
import dev.kafila.pipeline.PipelineOptions;
import dev.kafila.pipeline.RecordPipeline;
import dev.kafila.pipeline.SourceState;
import java.time.Duration;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;

/** What reads records as a sink does that is told nothing: keys and values are text, and nothing is filtered or transformed. */
public final class Pipelines {
    private Pipelines() {}

    /** Decodes no more than is said. */
    public static RecordPipeline reading(boolean keysAndValues, boolean headers) {
        CamelContext context = new DefaultCamelContext();
        PipelineOptions options = PipelineOptions.of(name -> "", AwsSettings.SDK_DEFAULTS, context);
        SourceState state = new SourceState("bench", Duration.ofSeconds(1));
        return RecordPipeline.start(options, keysAndValues, headers, state, context);
    }
}
