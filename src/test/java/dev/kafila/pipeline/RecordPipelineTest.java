package dev.kafila.pipeline;

import static dev.kafila.record.TestRecords.record;
import static dev.kafila.record.TestRecords.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kafila.aws.AwsSettings;
import dev.kafila.record.KafkaRecord;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.storage.StringConverter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecordPipelineTest {
    private final CamelContext context = new DefaultCamelContext();
    private final ConsumerRecord<byte[], byte[]> source = source();

    @Test
    void nothingIsDecodedThatNobodyNeeds() {
        KafkaRecord record = start(Map.of(), false, false).read(source);

        assertThat(record).isEqualTo(KafkaRecord.undecoded(source));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'topic':['orders']}    | false | false | false",
                "{'key':['k']}           | true  | false | false",
                "{'value':['v']}         | false | true  | false",
                "{'headers':{'h':['x']}} | false | false | true"
            })
    void aFilterDecodesWhatItNames(String pattern, boolean key, boolean value, boolean headers) {
        KafkaRecord record = start(Map.of("filter", pattern.replace('\'', '"')), false, false)
                .read(source);

        assertThat(!record.key().equals(SchemaAndValue.NULL)).isEqualTo(key);
        assertThat(!record.value().equals(SchemaAndValue.NULL)).isEqualTo(value);
        assertThat(record.headers() != null).isEqualTo(headers);
    }

    @Test
    void theFormatSaysWhetherHeadersAreDecoded() {
        assertThat(start(Map.of(), true, false).read(source).headers()).isNull();
        assertThat(start(Map.of(), true, true).read(source).headers()).hasSize(1);
    }

    @Test
    void theFilterSeesTheRecordAsItCameAndTransformsOnlyWhatIsLeft() {
        RecordPipeline pipeline = start(
                Map.of(
                        "filter",
                        "{\"topic\":[\"orders\"],\"value\":[\"v\"]}",
                        "connectProperties",
                        "{\"transforms\":\"to\",\"transforms.to.type\":\"org.apache.kafka.connect.transforms.RegexRouter\","
                                + "\"transforms.to.regex\":\".*\",\"transforms.to.replacement\":\"other\"}"),
                true,
                false);

        assertThat(pipeline.read(source).topic()).isEqualTo("other");
        assertThat(pipeline.read(record(8, "k", "w"))).isNull();
    }

    @Test
    void aConverterThatNobodyNeedsIsRefusedAllTheSame() {
        assertThatThrownBy(() -> start(Map.of("keyConverter", "strnig"), false, false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("key-converter: 'strnig' is not a converter");
    }

    @Test
    void aFilterMayBeAPropertyWithBracesAndPlaceholders() {
        Properties properties = new Properties();
        properties.setProperty("orders.filter", "{\"value\":{\"status\":[\"{{orders.status}}\"]}}");
        properties.setProperty("orders.status", "paid");
        context.getPropertiesComponent().setOverrideProperties(properties);
        RecordPipeline pipeline = start(Map.of("filter", "property:orders.filter"), false, false);

        assertThat(pipeline.read(record(7, "k", "{\"status\":\"paid\"}"))).isNotNull();
        assertThat(pipeline.read(record(8, "k", "{\"status\":\"open\"}"))).isNull();
        assertThatThrownBy(() -> start(Map.of("filter", "property:orders.fitler"), false, false))
                .hasMessage("filter: there is no property orders.fitler");
    }

    @Test
    void itClosesWhatItMade() {
        Closing.CLOSED.set(false);

        start(Map.of("valueConverter", Closing.class.getName()), true, false).close();

        assertThat(Closing.CLOSED).isTrue();
    }

    private RecordPipeline start(Map<String, String> parameters, boolean decodes, boolean decodesHeaders) {
        PipelineOptions options =
                PipelineOptions.of(name -> parameters.getOrDefault(name, ""), AwsSettings.SDK_DEFAULTS, context);
        return RecordPipeline.start(
                options, decodes, decodesHeaders, new SourceState("orders", Duration.ZERO), context);
    }

    private static ConsumerRecord<byte[], byte[]> source() {
        ConsumerRecord<byte[], byte[]> record = record(7, "k", "v");
        record.headers().add("h", utf8("x"));
        return record;
    }

    /** Has a connection that somebody has to close. */
    public static final class Closing extends StringConverter {
        static final AtomicBoolean CLOSED = new AtomicBoolean();

        @Override
        public void close() {
            CLOSED.set(true);
        }
    }
}
