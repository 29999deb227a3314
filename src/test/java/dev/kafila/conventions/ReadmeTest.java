package dev.kafila.conventions;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.kafila.Application;
import dev.kafila.Workplace;
import dev.kafila.format.PayloadBuffer;
import dev.kafila.format.RecordFormatter;
import dev.kafila.plugins.PluginJar;
import dev.kafila.record.KafkaRecord;
import dev.kafila.record.TestRecords;
import dev.kafila.sandbox.EventEntry;
import dev.kafila.sandbox.SandboxAws;
import dev.kafila.sandbox.SandboxBroker;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the README shows is what happens. */
class ReadmeTest {
    private static final Pattern YAML =
            Pattern.compile("(?ms)^```yaml\n# routes/payments-to-lambda\\.camel\\.yaml\n(.*?)^```$");
    private static final Pattern EVENTS =
            Pattern.compile("(?ms)^```yaml\n# routes/returns-to-eventbridge\\.camel\\.yaml\n(.*?)^```$");
    private static final Pattern JSON = Pattern.compile("(?m)^```json\n(.+)\n```$");

    private static final Pattern JAVA = Pattern.compile("(?ms)^```java\n(package com\\.example;.*?)^```$");

    private static final String GOLDEN = "src/test/resources/golden/";

    @TempDir
    Path directory;

    @Test
    void thePayloadsAreThoseOfTheGoldenFiles() {
        assertThat(Project.file("README.md").all(JSON))
                .contains(
                        Project.file(GOLDEN + "esm-single.json").text().strip(),
                        golden("plain", "string"),
                        golden("json-min", "decimal, date, time and timestamp"),
                        golden("json-all", "string that is required"),
                        golden("confluent", "map without a schema"),
                        golden("details", "map without a schema"));
    }

    private static String golden(String file, String name) {
        List<String> lines = Project.file(GOLDEN + file + ".txt").text().lines().toList();
        return lines.get(lines.indexOf("# " + name) + 1);
    }

    @Test
    void theFormOfOnesOwnIsWhatItSays() throws Exception {
        List<String> sources = Project.file("README.md").all(JAVA);
        assertThat(sources).hasSize(1);
        Path jar = directory.resolve("orders.jar");
        PluginJar.write(jar, "com.example.OrdersFormat", sources.get(0));
        SchemaAndValue order = new SchemaAndValue(null, Map.of("id", 7L));
        PayloadBuffer out = new PayloadBuffer(64);

        try (URLClassLoader plugins = new URLClassLoader(new URL[] {jar.toUri().toURL()})) {
            RecordFormatter formatter = (RecordFormatter) plugins.loadClass("com.example.OrdersFormat")
                    .getConstructor()
                    .newInstance();
            formatter.begin(new TopicPartition("orders", 0), out);
            formatter.write(new KafkaRecord(TestRecords.record(0, "k", "v"), SchemaAndValue.NULL, order), out);
            formatter.end(out);
        }

        assertThat(new String(out.toByteArray(), UTF_8)).isEqualTo("{\"orders\":[{\"id\":7}]}");
    }

    @Test
    void theSecondPipelineCarriesRecords() throws Exception {
        List<String> pipeline = Project.file("README.md").all(YAML);
        assertThat(pipeline).hasSize(1);
        Workplace place = new Workplace(directory);

        try (SandboxBroker broker = SandboxBroker.start();
                SandboxAws aws = SandboxAws.start()) {
            broker.createTopic("payments", 1);
            place.routes("payments-to-lambda", reaching(aws, pipeline.get(0)));
            try (Application application = place.start(
                    Map.of("kafila.kafka.brokers", broker.bootstrapServers(), "shop.ledger-function", "ledger"))) {
                assertThat(application.camelContext().getRoute("payments-to-lambda"))
                        .isNotNull();
                broker.producer()
                        .send(new ProducerRecord<>("payments", "p-1".getBytes(UTF_8), "9.90".getBytes(UTF_8)))
                        .get();
                await().atMost(Duration.ofSeconds(30))
                        .until(() -> aws.function("ledger").deliveredCount() == 1);
            }

            assertThat(aws.function("ledger").delivered().get(0).text())
                    .startsWith("[{\"key\":\"p-1\",")
                    .contains("\"value\":\"9.90\",");
            assertThat(broker.committed("payments-to-lambda")).containsValue(1L);
        }
    }

    @Test
    void theSecondPipelineToEventBridgeCarriesRecords() throws Exception {
        List<String> pipeline = Project.file("README.md").all(EVENTS);
        assertThat(pipeline).hasSize(1);
        Workplace place = new Workplace(directory);

        try (SandboxBroker broker = SandboxBroker.start();
                SandboxAws aws = SandboxAws.start()) {
            broker.createTopic("returns", 1);
            aws.events().declareBus("shop-bus");
            place.routes("returns-to-eventbridge", reaching(aws, pipeline.get(0)));
            try (Application application =
                    place.start(Map.of("kafila.kafka.brokers", broker.bootstrapServers(), "shop.bus", "shop-bus"))) {
                assertThat(application.camelContext().getRoute("returns-to-eventbridge"))
                        .isNotNull();
                broker.producer()
                        .send(new ProducerRecord<>("returns", "r-1".getBytes(UTF_8), "{\"id\":1}".getBytes(UTF_8)))
                        .get();
                await().atMost(Duration.ofSeconds(30))
                        .until(() -> aws.events().entries("shop-bus").size() == 1);
            }

            EventEntry event = aws.events().entries("shop-bus").get(0);
            assertThat(event.source()).isEqualTo("kafka-connect.shop");
            assertThat(event.detailType()).isEqualTo("return");
            assertThat(event.detail()).endsWith("\"key\":\"r-1\",\"value\":{\"id\":1}}");
        }
    }

    /** The example asks AWS itself; here is the sandbox instead. */
    private static String reaching(SandboxAws aws, String pipeline) {
        String region = "              region: eu-central-1\n";
        assertThat(pipeline).contains(region);
        return pipeline.replace(region, region + """
                              endpoint: %s
                              accessKeyId: EXAMPLE
                              secretAccessKey: example
                """.formatted(aws.endpoint()));
    }
}
