package dev.kafila.eventbridge;

import static dev.kafila.record.TestRecords.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kafila.format.PayloadBuffer;
import dev.kafila.pipeline.PipelineOptions;
import dev.kafila.pipeline.RecordPipeline;
import dev.kafila.pipeline.SourceState;
import dev.kafila.record.TestRecords;
import java.time.Duration;
import java.util.Map;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** From the parameters of a sink to the headers of its events. */
class HeaderTypesTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "~~      | string | false | [{\"id\":\"42\"},{\"id\":\"{}\"},{\"none\":null},{\"binary\":\"/w==\"}]",
                "string  | string | false | [{\"id\":\"42\"},{\"id\":\"{}\"},{\"none\":null},{\"binary\":\"/w==\"}]",
                "connect | string | true  | [{\"id\":42},{\"id\":{}},{\"none\":null},{\"binary\":\"\uFFFD\"}]",
                "~~      | bytes  | true  | [{\"id\":\"NDI=\"},{\"id\":\"e30=\"},{\"none\":null},{\"binary\":\"/w==\"}]",
            })
    void headersAreWhatTheSettingTakesThemForAndFailNoRecord(
            String types, String converter, boolean converted, String headers) throws Exception {
        EventBridgeOptions options =
                new EventBridgeOptions(Map.of("bus", "orders", "headerTypes", types, "headerConverter", converter));

        try (DefaultCamelContext context = new DefaultCamelContext()) {
            PipelineOptions steps = options.pipeline(context);
            SourceState state = new SourceState("orders", Duration.ofSeconds(1));
            try (RecordPipeline pipeline = RecordPipeline.start(steps, true, steps.readsHeaders(), state, context)) {
                EntryReader reader =
                        new EntryReader(pipeline, new EntryFormatter(options.entries(), options.payloadLimit()));

                assertThat(steps.readsHeaders()).isEqualTo(converted);
                assertThat(reader.read(TestRecords.record(7, utf8("k"), utf8("v"), headers()), new PayloadBuffer(16))
                                .wire()
                                .detail())
                        .contains(",\"headers\":" + headers + ",\"key\":");
            }
        }
    }

    private static Headers headers() {
        return new RecordHeaders()
                .add("id", utf8("42"))
                .add("id", utf8("{}"))
                .add("none", null)
                .add("binary", new byte[] {-1});
    }
}
