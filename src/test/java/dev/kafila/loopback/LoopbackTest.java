package dev.kafila.loopback;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class LoopbackTest {
    @ParameterizedTest
    @ValueSource(strings = {"localhost", "LOCALHOST:9877", "127.0.0.1:9877", "127.0.1.1", "[::1]:9877"})
    void aNameOfThisMachineIsItsOwn(String host) {
        assertThat(Loopback.isName(host)).isTrue();
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"rebound.example:9877", "127.0.0.1.example", "192.168.0.7:9877", "localhost:80:80", ""})
    void aNameThatSomebodyElseMayHaveGivenItIsNot(String host) {
        assertThat(Loopback.isName(host)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "127.0.0.1", "127.1.2.3", "::1"})
    void aServerOnLoopbackIsReachedFromThisMachineOnly(String host) {
        assertThat(Loopback.isAddress(host)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::", "192.168.0.7", "gateway.example", "127.0.0.1.example"})
    void aServerElsewhereIsNot(String host) {
        assertThat(Loopback.isAddress(host)).isFalse();
    }
}
