package dev.kafila.conventions;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.kafila.Application;
import dev.kafila.Workplace;
import dev.kafila.sandbox.SandboxAws;
import dev.kafila.sandbox.SandboxBroker;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the README shows is what happens. */
class ReadmeTest {
    private static final Pattern YAML =
            Pattern.compile("(?ms)^```yaml\n# routes/payments-to-lambda\\.camel\\.yaml\n(.*?)^```$");
    private static final Pattern JSON = Pattern.compile("(?m)^```json\n(.+)\n```$");

    @TempDir
    Path directory;

    @Test
    void thePayloadsAreThoseOfTheGoldenFiles() {
        assertThat(Project.file("README.md").all(JSON)).containsExactly(golden("esm-single"), golden("plain-single"));
    }

    private static String golden(String name) {
        return Project.file("src/test/resources/golden/" + name + ".json")
                .text()
                .strip();
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
