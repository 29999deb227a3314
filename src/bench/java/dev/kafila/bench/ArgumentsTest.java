package dev.kafila.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class ArgumentsTest {

    @Test
    void aValueMayHoldAnEqualsSign() {
        assertThat(Arguments.of("jvm=-Dname=value").text("jvm")).isEqualTo("-Dname=value");
    }

    @Test
    void anEmptyValueIsNone() {
        Arguments arguments = Arguments.of("only=", "seconds=", "quick=");

        assertThat(arguments.text("only", "all")).isEqualTo("all");
        assertThat(arguments.number("seconds", 8)).isEqualTo(8);
        assertThat(arguments.flag("quick")).isFalse();
    }

    @Test
    void whatIsMissingOrNotOfTheFormIsNamed() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Arguments.of().text("topic"))
                .withMessageContaining("topic");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Arguments.of("quick"))
                .withMessageContaining("quick");
    }
}
