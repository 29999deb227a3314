package dev.kafila.routes;

import static dev.kafila.record.TestRecords.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.kafila.Application;
import dev.kafila.Workplace;
import dev.kafila.plugins.PluginJar;
import dev.kafila.sandbox.Invocation;
import dev.kafila.sandbox.SandboxAws;
import dev.kafila.sandbox.SandboxBroker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Formats that users write: a class of a plug-in, and beans of a file of routes. */
class OwnFormatTest {
    private static final String SHOP_FORMAT = """
            package plug;

            import dev.kafila.format.PayloadBuffer;
            import dev.kafila.format.RecordFormatter;
            import dev.kafila.record.KafkaRecord;

            public class ShopFormat implements RecordFormatter {
                private String prefix = "";

                public void setPrefix(String prefix) {
                    this.prefix = prefix;
                }

                @Override
                public boolean decodes() {
                    return true;
                }

                @Override
                public void write(KafkaRecord record, PayloadBuffer out) {
                    out.string(prefix + record.value().value());
                }
            }
            """;

    private static SandboxBroker broker;
    private static int number;

    private final SandboxAws aws = SandboxAws.start();
    private final String topic = "orders-" + number++;

    @TempDir
    private Path directory;

    private Path plugins;
    private Application application;

    @BeforeAll
    static void start() {
        broker = SandboxBroker.start(Map.of("auto.create.topics.enable", "false"));
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    @BeforeEach
    void prepare() throws IOException {
        broker.createTopic(topic, 1);
        plugins = Files.createDirectories(directory.resolve("extra"));
        PluginJar.write(plugins.resolve("shop.jar"), "plug.ShopFormat", SHOP_FORMAT);
    }

    @AfterEach
    void close() throws Exception {
        if (application != null) {
            application.close();
        }
        aws.close();
    }

    @Test
    void aClassOfAPluginIsUsedByItsName() throws Exception {
        run("plug.ShopFormat");

        assertThat(sent("a")).containsExactly("\"a\"");
    }

    @Test
    void aBeanOfAPluginsClassHasTheOptionsThatTheFileGivesIt() throws Exception {
        new Workplace(directory).routes("formats", """
                - beans:
                    - name: shop-format
                      type: "#class:plug.ShopFormat"
                      properties:
                        prefix: "order "
                """);
        run("#shop-format");

        assertThat(sent("a")).containsExactly("\"order a\"");
    }

    @Test
    void aRouteOfAUsersOwnNamesABeanOfItsOwnFile() throws Exception {
        new Workplace(directory).routes("shop", """
                - beans:
                    - name: shop-format
                      type: "#class:plug.ShopFormat"
                - route:
                    id: shop
                    from:
                      uri: kamelet:kafila-kafka-source
                      parameters: {topics: %1$s, group: %1$s, brokers: "%2$s", linger: 0ms}
                      steps:
                        - to:
                            uri: kamelet:kafila-lambda-sink
                            parameters:
                              function: on-order
                              format: "#shop-format"
                              batch: false
                              endpoint: %3$s
                              region: eu-west-1
                              accessKeyId: AKIDEXAMPLE
                              secretAccessKey: secret
                """.formatted(topic, broker.bootstrapServers(), aws.endpoint()));
        application = new Workplace(directory)
                .start(Map.of("kafila.plugins", plugins.toString(), "kafila.kafka.brokers", broker.bootstrapServers()));

        assertThat(sent("a")).containsExactly("\"a\"");
    }

    @Test
    void aClassThatIsNoFormatterIsRefusedAtTheStart() throws Exception {
        PluginJar.write(plugins.resolve("other.jar"), "plug.Other", "package plug; public class Other {}");

        assertThatThrownBy(() -> run("plug.Other"))
                .hasStackTraceContaining("format: plug.Other is not a dev.kafila.format.RecordFormatter");
    }

    @Test
    void aBeanThatIsNoFormatterIsRefusedAtTheStart() throws Exception {
        new Workplace(directory).routes("formats", """
                - beans:
                    - name: shop-format
                      type: "#class:java.util.ArrayList"
                """);

        assertThatThrownBy(() -> run("#shop-format"))
                .hasStackTraceContaining("format: the bean 'shop-format' is a java.util.ArrayList,"
                        + " which does not implement dev.kafila.format.RecordFormatter");
    }

    @Test
    void aNameThatNobodyKnowsIsRefusedAtTheStart() {
        assertThatThrownBy(() -> run("#missing")).hasStackTraceContaining("format: 'missing' is neither esm, plain");
        assertThatThrownBy(() -> run("plug.Missing"))
                .hasStackTraceContaining(
                        "format: class plug.Missing is neither on the class path nor in the plug-in directory");
    }

    private void run(String format) throws Exception {
        Map<String, String> settings = new HashMap<>();
        settings.put("kafila.plugins", plugins.toString());
        settings.put("kafila.kafka.brokers", broker.bootstrapServers());
        settings.put("kafila.aws.endpoint", aws.endpoint().toString());
        settings.put("kafila.aws.region", "eu-west-1");
        settings.put("kafila.aws.access-key-id", "AKIDEXAMPLE");
        settings.put("kafila.aws.secret-access-key", "secret");
        settings.put("kafila.lambda.topics", topic);
        settings.put("kafila.lambda.group", topic);
        settings.put("kafila.lambda.function", "on-order");
        settings.put("kafila.lambda.format", format);
        settings.put("kafila.lambda.batch", "false");
        settings.put("kafila.lambda.linger", "0ms");
        application = new Workplace(directory).start(settings);
    }

    private List<String> sent(String value) throws Exception {
        broker.producer()
                .send(new ProducerRecord<>(topic, utf8("k"), utf8(value)))
                .get();
        await().until(() -> broker.committed(topic).containsValue(1L));
        return aws.function("on-order").delivered().stream()
                .filter(invocation -> !invocation.type().equals("DryRun"))
                .map(Invocation::text)
                .toList();
    }
}
