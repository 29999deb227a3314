package dev.kafila.migrate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImportCommandTest {
    private static final String NORDSTROM = """
            {"name": "orders", "config": {
              "connector.class": "com.nordstrom.kafka.connect.lambda.LambdaSinkConnector",
              "topics": "orders",
              "key.converter": "org.apache.kafka.connect.storage.StringConverter",
              "value.converter": "org.apache.kafka.connect.storage.StringConverter",
              "aws.region": "eu-central-1",
              "aws.lambda.function.arn": "process-orders"}}
            """;

    @TempDir
    private Path directory;

    @Test
    void aConnectorWithACounterpartForEverythingIsDone() {
        Imported imported = Imported.run(directory, NORDSTROM, "-");

        assertThat(imported.status()).isEqualTo(ImportCommand.DONE);
        assertThat(imported.source().path("group").asText()).isEqualTo("connect-orders");
        assertThat(imported.sink().path("function").asText()).isEqualTo("process-orders");
        assertThat(imported.errors()).isEmpty();
    }

    @Test
    void whatIsThereIsReplacedOnlyWhenToldTo() throws IOException {
        Imported.run(directory, NORDSTROM, "-");
        Path route = directory.resolve("routes/orders-to-lambda.camel.yaml");
        Files.writeString(route, "# mine");

        Imported refused = Imported.run(directory, NORDSTROM, "-");

        assertThat(refused.status()).isEqualTo(ImportCommand.FAILED);
        assertThat(refused.errors()).contains("orders-to-lambda.camel.yaml is there already; --force replaces it");
        assertThat(route).hasContent("# mine");
        assertThat(Imported.run(directory, NORDSTROM, "--force", "-").status()).isEqualTo(ImportCommand.DONE);
        assertThat(Files.readString(route)).contains("process-orders");
    }

    @Test
    void itWritesWhereItIsToldTo() {
        Imported.run(directory, NORDSTROM, "--output", "deep/down", "-");

        assertThat(directory.resolve("deep/down/routes/orders-to-lambda.camel.yaml"))
                .exists();
    }

    @Test
    void wrongArgumentsAreRefusedWithHowItIsCalled() {
        assertThat(Imported.run(directory, "").errors()).contains("no file is given", "Usage:");
        assertThat(Imported.run(directory, "", "--overwrite", "x.json").errors())
                .contains("there is no option --overwrite", "Usage:");
        assertThat(Imported.run(directory, "", "--output").errors()).contains("--output needs a value");
        assertThat(Imported.run(directory, "", "--output").status()).isEqualTo(ImportCommand.FAILED);
    }

    @Test
    void helpSaysWhatTheStatusMeans() {
        Imported help = Imported.run(directory, "", "--help");

        assertThat(help.status()).isEqualTo(ImportCommand.DONE);
        assertThat(help.report()).contains("Usage:", "Exit status", "--force", "--output");
    }

    @Test
    void eachOfSeveralIsImportedAndOneThatIsWrongIsNamed() {
        String wrong = NORDSTROM
                .replace("\"orders\", \"config\"", "\"wrong\", \"config\"")
                .replace("\"aws.region\"", "\"retries.max\": \"many\", \"aws.region\"");

        Imported imported = Imported.run(directory, "[" + NORDSTROM + "," + wrong + "]", "-");

        assertThat(imported.status()).isEqualTo(ImportCommand.FAILED);
        assertThat(imported.report()).contains("orders: Nordstrom's");
        assertThat(imported.errors())
                .isEqualTo("-, connector wrong: retries.max: must be a whole number, not \"many\"\n");
        assertThat(directory.resolve("routes")).isDirectoryContaining("glob:**/orders-to-lambda.camel.yaml");
        assertThat(directory.resolve("routes/wrong-to-lambda.camel.yaml")).doesNotExist();
    }
}
