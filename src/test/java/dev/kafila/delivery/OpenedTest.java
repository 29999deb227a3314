package dev.kafila.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OpenedTest {
    private final List<String> closed = new ArrayList<>();
    private final Opened opened = new Opened();

    private void open(String name) {
        opened.add(() -> closed.add(name));
    }

    private void openBroken(String name) {
        opened.add(() -> {
            throw new IllegalStateException(name);
        });
    }

    @Test
    void theLastIsClosedFirstAndEachOnce() {
        open("client");
        open("pipeline");

        opened.close();
        opened.close();

        assertThat(closed).containsExactly("pipeline", "client");
    }

    @Test
    void oneThatFailsToCloseKeepsNoOtherOpen() {
        open("client");
        openBroken("pipeline");
        openBroken("meter");

        assertThatThrownBy(opened::close).hasMessage("meter").satisfies(thrown -> assertThat(thrown.getSuppressed())
                .singleElement()
                .satisfies(second -> assertThat(second).hasMessage("pipeline")));
        assertThat(closed).containsExactly("client");
    }

    @Test
    void whatFailsAfterAFailedStartIsAddedToItsCause() {
        open("client");
        openBroken("pipeline");
        IllegalArgumentException cause = new IllegalArgumentException("format");

        opened.closeAfter(cause);

        assertThat(cause.getSuppressed()).singleElement().satisfies(thrown -> assertThat(thrown)
                .hasMessage("pipeline"));
        assertThat(closed).containsExactly("client");
    }
}
