package dev.kafila.migrate;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is wrong is told in one line with the file, the connector's own property and what would be right. */
class WrongConnectorTest {
    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    connector.class                  | com.example.Other | there is no import from this class, only from com.nordstrom
                    aws.lambda.function.arn          |                   | is missing, and the connector does not start without it
                    aws.lambda.function.arn          | a b               | must be a function's name or ARN
                    aws.region                       |                   | is missing
                    topics                           |                   | is missing
                    topics                           | a b               | must be topic names
                    topics.regex                     | o.*               | Connect takes one of them
                    retries.max                      | five              | must be a whole number, not "five"
                    retries.max                      | -1                | must be a whole number from 1 to
                    retry.backoff.millis             | 0.5               | must be a whole number
                    retriable.error.codes            | 5xx               | must be HTTP statuses
                    aws.lambda.invocation.mode       | BOTH              | must be ASYNC or SYNC, not "BOTH"
                    aws.lambda.invocation.timeout.ms | 1                 | must be a duration with its unit
                    aws.lambda.batch.enabled         | yes               | must be true or false
                    http.proxy.host                  | proxy             | needs http.proxy.port
                    errors.tolerance                 | some              | must be all or none
                    consumer.override.auto.offset.reset | none           | must be earliest or latest
                    """)
    void aWrongValueIsToldByItsOwnName(String property, String value, String problem) {
        Imported imported = Given.nordstrom(directory, property, value);

        assertThat(imported.status()).isEqualTo(ImportCommand.FAILED);
        assertThat(imported.errors()).startsWith("-: " + property + ": ").contains(problem);
        assertThat(imported.errors().lines()).hasSize(1);
        assertThat(directory.resolve("routes")).doesNotExist();
    }

    @Test
    void allThatIsWrongIsToldAtOnce() {
        Imported imported = Given.nordstrom(directory, "retries.max", "five", "tasks.max", "one");

        assertThat(imported.errors().lines()).hasSize(2);
    }

    @Test
    void whatDoesNotFitTogetherIsToldByItsOwnNames() {
        Imported alone = Given.confluent(directory, "aws.access.key.id", "AKID");
        Imported loop = Given.confluent(directory, "reporter.error.topic.name", "orders");

        assertThat(alone.errors()).startsWith("-: aws.access.key.id: is set, but secret-access-key is not");
        assertThat(loop.errors()).startsWith("-: reporter.error.topic.name: is a topic that the route reads");
    }

    @Test
    void aPieceWithoutItsClassIsKnownByWhatItHas() {
        Imported unknown = Imported.run(directory, "topics=a", "-");

        assertThat(unknown.errors()).startsWith("-: connector.class is missing");
        assertThat(unknown.status()).isEqualTo(ImportCommand.FAILED);
    }

    @Test
    void aFileThatIsNotThereIsSaid() {
        assertThat(Imported.run(directory, "", "none.json").errors()).isEqualTo("none.json: there is no such file\n");
    }
}
