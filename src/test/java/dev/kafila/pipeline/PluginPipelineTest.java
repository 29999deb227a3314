package dev.kafila.pipeline;

import static dev.kafila.record.TestRecords.record;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kafila.aws.AwsSettings;
import dev.kafila.plugins.PluginDirectory;
import dev.kafila.plugins.PluginJar;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Converters and transforms out of jars in the plug-in directory. */
class PluginPipelineTest {
    private static final String SHOUTING = """
            package plug;
            public class Shouting extends org.apache.kafka.connect.storage.StringConverter {
                private String end = "";
                @Override public void configure(java.util.Map<String, ?> configs, boolean isKey) {
                    super.configure(configs, isKey);
                    if (configs.get("end") == null) {
                        throw new IllegalStateException("end is missing");
                    }
                    end = configs.get("end").toString();
                }
                @Override public org.apache.kafka.connect.data.SchemaAndValue toConnectData(String topic, byte[] value) {
                    return new org.apache.kafka.connect.data.SchemaAndValue(null, voice.Voice.loud(new String(value)) + end);
                }
            }
            """;

    private static final String VOICE = """
            package voice;
            public class Voice {
                public static String loud(String text) { return text.toUpperCase(); }
            }
            """;

    private static final String TWICE = """
            package plug;
            public class Twice<R extends org.apache.kafka.connect.connector.ConnectRecord<R>>
                    implements org.apache.kafka.connect.transforms.Transformation<R> {
                private String between;
                @Override public void configure(java.util.Map<String, ?> configs) {
                    between = configs.get("between").toString();
                }
                @Override public R apply(R record) {
                    return record.newRecord(record.topic(), record.kafkaPartition(), null, record.key(), null,
                            record.value() + between + record.value(), record.timestamp());
                }
                @Override public org.apache.kafka.common.config.ConfigDef config() {
                    return new org.apache.kafka.common.config.ConfigDef();
                }
                @Override public void close() {}
            }
            """;

    @TempDir
    private Path directory;

    private final CamelContext context = new DefaultCamelContext();
    private final Map<String, String> parameters = new HashMap<>(Map.of("connectProperties", "property:orders."));
    private final Properties properties = new Properties();
    private Path voice;
    private PluginDirectory plugins;
    private RecordPipeline pipeline;

    @BeforeEach
    void makeJars() throws Exception {
        // What the converter needs is in a jar of its own, as with converters that people download.
        voice = Files.createDirectories(directory.resolve("lib")).resolve("voice.jar");
        PluginJar.write(voice, "voice.Voice", VOICE);
        PluginJar.write(directory.resolve("lib/shouting.jar"), "plug.Shouting", SHOUTING, voice);
        PluginJar.write(directory.resolve("lib/twice.jar"), "plug.Twice", TWICE);
        parameters.put("valueConverter", "plug.Shouting");
        properties.setProperty("orders.value-converter.end", "!");
    }

    @AfterEach
    void close() throws Exception {
        if (pipeline != null) {
            pipeline.close();
        }
        if (plugins != null) {
            plugins.close();
        }
    }

    @Test
    void aConverterAndATransformAreFoundWithWhatTheyNeedAndTheirOptions() throws Exception {
        properties.setProperty("orders.transforms", "twice");
        properties.setProperty("orders.transforms.twice.type", "plug.Twice");
        properties.setProperty("orders.transforms.twice.between", " ");

        start();

        assertThat(pipeline.read(record(7, "k", "ahoy")).value().value()).isEqualTo("AHOY! AHOY!");
    }

    @Test
    void aConverterThatThrowsWhenItIsConfiguredStopsTheStartWithTheNameOfItsKey() {
        properties.remove("orders.value-converter.end");

        assertThatThrownBy(this::start)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("orders.value-converter: plug.Shouting cannot be configured: end is missing");
    }

    @Test
    void aConverterThatIsNotThereStopsTheStartWithTheNameOfItsKey() {
        parameters.put("keyConverter", "plug.Missing");

        assertThatThrownBy(this::start)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("orders.key-converter: class plug.Missing is neither on the class path");
    }

    @Test
    void aTransformThatLacksAClassStopsTheStartWithItsName() throws Exception {
        PluginJar.write(
                directory.resolve("lib/lacking.jar"),
                "plug.Lacking",
                TWICE.replace("Twice", "Lacking")
                        .replace(
                                "private String between;",
                                "private final voice.Voice voice = new voice.Voice(); private String between;"),
                voice);
        Files.delete(voice);
        parameters.put("valueConverter", "string");
        properties.setProperty("orders.transforms", "lacking");
        properties.setProperty("orders.transforms.lacking.type", "plug.Lacking");

        assertThatThrownBy(this::start)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "orders.transforms.lacking.type: plug.Lacking cannot be made: class voice.Voice is missing");
    }

    private void start() throws Exception {
        plugins = PluginDirectory.open(directory.resolve("lib"));
        context.setApplicationContextClassLoader(plugins.classLoader());
        context.getPropertiesComponent().setOverrideProperties(properties);
        PipelineOptions options =
                PipelineOptions.of(name -> parameters.getOrDefault(name, ""), AwsSettings.SDK_DEFAULTS, context);
        pipeline = RecordPipeline.start(options, true, false, new SourceState("orders", Duration.ZERO), context);
    }
}
