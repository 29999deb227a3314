package dev.kafila;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.kafila.sandbox.SandboxAws;
import dev.kafila.sandbox.SandboxBroker;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KafilaProcessTest {
    private static final Duration SOON = Duration.ofSeconds(60);

    @TempDir
    Path directory;

    private Workplace place;
    private Process process;

    @BeforeEach
    void place() {
        place = new Workplace(directory);
    }

    @AfterEach
    void kill() {
        if (process != null) {
            process.destroyForcibly();
        }
    }

    @Test
    void allWrongSettingsAreToldAtOnceWithoutAStackTrace() throws Exception {
        start("-Dkafila.lambda.topics=orders", "-Dkafila.lamda.group=g");

        assertThat(exit()).isEqualTo(KafilaProcess.MISCONFIGURED);
        assertThat(output())
                .contains("kafila.lambda.function", "kafila.lamda.group")
                .doesNotContain("\tat ");
    }

    @Test
    void withoutARouteItSaysWhatToSet() throws Exception {
        start();

        assertThat(exit()).isEqualTo(KafilaProcess.MISCONFIGURED);
        assertThat(output())
                .contains(
                        "kafila.lambda.topics",
                        directory.toRealPath().resolve("routes").toString())
                .doesNotContain("\tat ");
    }

    @Test
    void helpSaysHowItIsCalled() throws Exception {
        start(List.of(), List.of("--help"));

        assertThat(exit()).isZero();
        assertThat(output()).startsWith("Usage:").contains("-jar kafila.jar import ");
    }

    @Test
    void importReadsAConnectorInsteadOfCarryingRecords() throws Exception {
        Files.writeString(directory.resolve("orders.json"), """
                {"name": "orders", "config": {
                  "connector.class": "com.nordstrom.kafka.connect.lambda.LambdaSinkConnector",
                  "topics": "orders",
                  "key.converter": "org.apache.kafka.connect.storage.StringConverter",
                  "value.converter": "org.apache.kafka.connect.storage.StringConverter",
                  "aws.region": "eu-central-1",
                  "aws.lambda.function.arn": "process-orders"}}
                """);

        start(List.of(), List.of("import", "orders.json"));

        assertThat(exit()).isZero();
        assertThat(output()).startsWith("orders: Nordstrom's").contains("orders-to-lambda.camel.yaml");
        assertThat(directory.resolve("routes/orders-to-lambda.camel.yaml")).exists();
    }

    @Test
    void argumentsAreRefused() throws Exception {
        place.route("greet", "direct:greet", "language:simple:${body}");

        start(List.of(), List.of("-Dkafila.lambda.topics=orders"));

        assertThat(exit()).isEqualTo(KafilaProcess.MISCONFIGURED);
        assertThat(output()).contains("before -jar", "Usage:");
    }

    @Test
    void aRouteThatCannotBeBuiltFailsTheStartWithItsFile() throws Exception {
        place.route("greet", "direct:greet", "nosuch:thing");

        start();

        assertThat(exit()).isEqualTo(KafilaProcess.FAILED);
        assertThat(output())
                .contains("Kafila did not start.", "greet.camel.yaml, line 6: ", "nosuch")
                .doesNotContain("\tat ");
    }

    @Test
    void functionsThatCannotBeInvokedAreToldInOneTextAndNothingStarts() throws Exception {
        try (SandboxAws aws = SandboxAws.start()) {
            aws.declareFunctions("another");

            start(
                    "-Dkafila.lambda.topics=orders,customers",
                    "-Dkafila.lambda.function=on-${topic}",
                    "-Dkafila.kafka.brokers=127.0.0.1:1",
                    "-Dkafila.aws.endpoint=" + aws.endpoint(),
                    "-Dkafila.aws.region=eu-west-1",
                    "-Dkafila.aws.access-key-id=AKIDEXAMPLE",
                    "-Dkafila.aws.secret-access-key=secret");

            assertThat(exit()).isEqualTo(KafilaProcess.MISCONFIGURED);
            assertThat(output())
                    .contains(
                            "Kafila did not start. What routes need was asked for",
                            "function on-orders (kafila.lambda.function) cannot be invoked",
                            "function on-customers (kafila.lambda.function) cannot be invoked")
                    .containsOnlyOnce("function on-orders")
                    .doesNotContain("\tat ", "secret", "WARN");
        }
    }

    @Test
    void aRegionThatNobodyNamesIsToldInOneText() throws Exception {
        start(
                "-Dkafila.lambda.topics=orders",
                "-Dkafila.lambda.function=on-order",
                "-Dkafila.kafka.brokers=127.0.0.1:1",
                "-Daws.disableEc2Metadata=true");

        assertThat(exit()).isEqualTo(KafilaProcess.MISCONFIGURED);
        assertThat(output()).containsOnlyOnce("region: none is set").doesNotContain("\tat ");
    }

    @Test
    void sigtermDrainsCommitsTellsTheLedgerAndExitsWithZero() throws Exception {
        try (SandboxBroker broker = SandboxBroker.start()) {
            broker.createTopic("orders", 1);
            for (int i = 0; i < 3; i++) {
                byte[] value = ("v" + i).getBytes(StandardCharsets.UTF_8);
                broker.producer()
                        .send(new ProducerRecord<>("orders", 0, null, value))
                        .get();
            }
            place.route(
                    "flow",
                    "kafka-batch:orders?groupId=g&lingerMs=0&brokers=" + broker.bootstrapServers(),
                    "language:simple:${body}");
            start("-Dkafila.log-format=json");
            await().atMost(SOON)
                    .until(() -> Long.valueOf(3).equals(broker.committed("g").get(new TopicPartition("orders", 0))));

            process.destroy();

            assertThat(exit()).isZero();
            assertThat(output())
                    .contains("Ledger: total: 3 consumed = 3 delivered")
                    .contains("\"level\":\"INFO\"")
                    .doesNotContain("\"v0\"");
        }
    }

    private void start(String... options) throws IOException {
        start(List.of(options), List.of());
    }

    private void start(List<String> options, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx128m", "-XX:TieredStopAtLevel=1", "-Dcamel.management.port=0"));
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), "dev.kafila.Application"));
        command.addAll(arguments);
        process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("output").toFile())
                .start();
    }

    private int exit() throws InterruptedException {
        assertThat(process.waitFor(SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }

    private String output() throws IOException {
        return Files.readString(directory.resolve("output"));
    }
}
