package dev.kafila.faults.proof;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SabotageTest {
    @ParameterizedTest
    @EnumSource
    void theLineIsStillThere(Sabotage sabotage) {
        assertThatCode(() -> sabotage.sabotaged(Files.readString(Path.of("src/main/java/dev/kafila", sabotage.file()))))
                .doesNotThrowAnyException();
    }

    @Test
    void aLineThatIsGoneOrThereTwiceIsRefused() {
        Sabotage any = Sabotage.DROP_ON_FUNCTION_ERROR;
        String line = ": new Retry(FailureKind.FUNCTION_ERROR, answer.functionError(), null);";

        assertThatThrownBy(() -> any.sabotaged("")).hasMessageContaining("Interpretation.java has not exactly one of");
        assertThatThrownBy(() -> any.sabotaged(line + line)).hasMessageContaining("not exactly one");
    }
}
