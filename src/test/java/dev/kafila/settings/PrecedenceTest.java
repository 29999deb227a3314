package dev.kafila.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrecedenceTest {

    private static final String BATCH_SIZE = "kafila.lambda.batch-size";
    private static final String BATCH_SIZE_VARIABLE = "KAFILA_LAMBDA_BATCH_SIZE";

    @Test
    void theCommandLineWinsOverTheEnvironment() {
        Given given = Given.nothing().system(BATCH_SIZE, "1").environment(BATCH_SIZE_VARIABLE, "2");

        assertThat(given.property(BATCH_SIZE)).isEqualTo("1");
    }

    @Test
    void theEnvironmentWinsOverTheFileOfTheWorkingDirectory() {
        Given given = Given.nothing().environment(BATCH_SIZE_VARIABLE, "2").file(BATCH_SIZE, "3");

        assertThat(given.property(BATCH_SIZE)).isEqualTo("2");
    }

    @Test
    void theFileOfTheWorkingDirectoryWinsOverTheJars() {
        Given given = Given.nothing().file(BATCH_SIZE, "3").jar(BATCH_SIZE, "4");

        assertThat(given.property(BATCH_SIZE)).isEqualTo("3");
    }

    @Test
    void theJarWinsOverTheDefault() {
        assertThat(Given.nothing().jar(BATCH_SIZE, "4").property(BATCH_SIZE)).isEqualTo("4");
        assertThat(Given.nothing().property(BATCH_SIZE)).isEqualTo("100");
    }

    @Test
    void whatIsSetToNothingIsAtItsDefault() {
        Given given = Given.nothing().system(BATCH_SIZE, "").environment(BATCH_SIZE_VARIABLE, "2");

        assertThat(given.property(BATCH_SIZE)).isEqualTo("100");
    }

    @Test
    void optionsOfCamelHaveTheSamePrecedence() {
        String name = "camel.main.shutdown-timeout";
        String variable = "CAMEL_MAIN_SHUTDOWN_TIMEOUT";

        assertThat(Given.nothing().jar(name, "4").file(name, "3").property(name))
                .isEqualTo("3");
        assertThat(Given.nothing().file(name, "3").environment(variable, "2").property(name))
                .isEqualTo("2");
        assertThat(Given.nothing()
                        .file(name, "3")
                        .environment(variable, "2")
                        .system(name, "1")
                        .property(name))
                .isEqualTo("1");
    }

    @Test
    void anOptionOfCamelThatIsSpelledInTwoWaysIsOneOption() {
        Settings settings = Given.nothing()
                .file("camel.main.shutdown-timeout", "3")
                .system("camel.main.shutdownTimeout", "1")
                .load();

        assertThat(settings.camelProperties())
                .containsEntry("camel.main.shutdown-timeout", "1")
                .doesNotContainKey("camel.main.shutdownTimeout");
    }

    @Test
    void whatAUsersOwnRoutesReferToHasTheSamePrecedence() {
        Given given = Given.nothing().file("shop.topic", "orders").environment("SHOP_TOPIC", "returns");

        assertThat(given.property("shop.topic")).isEqualTo("returns");
        assertThat(given.system("shop.topic", "refunds").property("shop.topic")).isEqualTo("refunds");
    }

    @Test
    void whatAUsersOwnRoutesReferToIsSpelledInOneWay() {
        Settings settings = Given.nothing()
                .file("shop.topic", "orders")
                .file("shop-topic", "returns")
                .environment("SHOPTOPIC", "refunds")
                .load();

        assertThat(settings.camelProperties())
                .containsEntry("shop.topic", "orders")
                .containsEntry("shop-topic", "returns");
    }

    @Test
    void whatTheProcessHasBesidesIsNotHandedToCamel() {
        Settings settings = Given.nothing()
                .system("user.home", "/root")
                .environment("PATH", "/bin")
                .load();

        assertThat(settings.camelProperties()).doesNotContainKeys("user.home", "PATH", "path");
    }

    @Test
    void theFileOfTheWorkingDirectoryIsRead(@TempDir Path directory) throws Exception {
        Files.writeString(directory.resolve("application.properties"), "kafila.lambda.group=caf\u00e9\n");

        Sources sources = Sources.ofProcess(directory);

        assertThat(sources.workingDirectory()).containsEntry("kafila.lambda.group", "caf\u00e9");
    }

    @Test
    void aWorkingDirectoryWithoutFileIsAllRight(@TempDir Path directory) {
        assertThat(Sources.ofProcess(directory).workingDirectory()).isEmpty();
    }

    @Test
    void theJarsFileIsRight() {
        Settings settings = Settings.load(new Sources(Map.of(), Map.of(), Map.of(), Sources.ofJar()));

        assertThat(settings.camelProperties()).containsEntry("kafila.lambda.linger", "500");
    }
}
