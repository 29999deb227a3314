package dev.kafila.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(120)
class SandboxTest {
    private static final SandboxOptions FORTY_RECORDS = new SandboxOptions(40, true, Duration.ofMinutes(1));

    private final ByteArrayOutputStream told = new ByteArrayOutputStream();

    @Test
    void theRoutesOfTheProjectCarryEveryRecordAndTheStatusIsZero() throws Exception {
        int status = run(Path.of(""));

        assertThat(told.toString(UTF_8))
                .contains("Sent 40 records to orders:")
                .contains("Function process-orders received ")
                .contains("total: 40 consumed = 40 delivered")
                .contains("It adds up: 40 records sent, 40 received");
        assertThat(status).isZero();
    }

    @Test
    void aRouteThatSettlesWithoutDeliveringIsFoundOut(@TempDir Path directory) throws Exception {
        Path routes = Files.createDirectory(directory.resolve("routes"));
        Files.writeString(routes.resolve("kafka-to-lambda.camel.yaml"), """
                - route:
                    id: kafka-to-lambda
                    from:
                      uri: kafka-batch:{{kafila.lambda.topics}}
                      parameters:
                        groupId: "{{kafila.lambda.group}}"
                      steps:
                        - removeHeaders:
                            id: deliver-nothing
                            pattern: "*"
                """);

        int status = run(directory);

        assertThat(told.toString(UTF_8))
                .contains("It does not add up:")
                .contains("orders-0@0 was sent and not received by the function");
        assertThat(status).isEqualTo(1);
    }

    /** The second form's payloads do not say which records they hold. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "filter: \"property:kafila.lambda.filter\" | filter: '{\"partition\":[0,1]}' | filtered, 0 dead-lettered.",
                "format: \"{{kafila.lambda.format}}\" | format: raw | 40 records sent, 0 received",
            },
            quoteCharacter = '~')
    void whatWasNotForTheFunctionOrCannotBeToldIsNotCalledMissing(
            String line, String other, String summary, @TempDir Path directory) throws Exception {
        Path routes = Files.createDirectory(directory.resolve("routes"));
        String route = Files.readString(Path.of("routes/kafka-to-lambda.camel.yaml"));
        assertThat(route).contains(line);
        Files.writeString(routes.resolve("kafka-to-lambda.camel.yaml"), route.replace(line, other));

        int status = run(directory);

        assertThat(told.toString(UTF_8)).contains("It adds up: ").contains(summary);
        assertThat(status).isZero();
    }

    @Test
    void whatFlowsToTheBusIsNotCountedForTheFunction() throws Exception {
        System.setProperty("kafila.eventbridge.topics", Workshop.TOPIC);
        System.setProperty("kafila.eventbridge.bus", Workshop.BUS);
        try {
            assertThat(run(Path.of(""))).isZero();
        } finally {
            System.clearProperty("kafila.eventbridge.topics");
            System.clearProperty("kafila.eventbridge.bus");
        }

        assertThat(told.toString(UTF_8)).contains("It adds up: 40 records sent, 40 received");
    }

    private int run(Path directory) throws Exception {
        return Sandbox.run(FORTY_RECORDS, directory, new PrintStream(told, true, UTF_8));
    }
}
