package dev.kafila.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PayloadBufferTest {
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 512, 12_287, 12_288, 12_289, 100_000})
    void base64OfAnyLengthStandsWhereItWasWritten(int length) {
        byte[] value = new byte[length];
        new Random(length).nextBytes(value);
        String json = "\"" + Base64.getEncoder().encodeToString(value) + "\"";
        PayloadBuffer buffer = new PayloadBuffer(64);

        buffer.write('[');
        buffer.base64(value);
        buffer.base64(value);

        assertThat(buffer.text()).isEqualTo("[" + json + json);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 512, 100_000})
    void base64ThatDoesNotFitIsAnOverflow(int length) {
        int text = 4 * ((length + 2) / 3);
        PayloadBuffer buffer = new PayloadBuffer(64);

        buffer.reset(text + 2);
        buffer.base64(new byte[length]);
        assertThat(buffer.overflowed()).isFalse();

        buffer.reset(text + 1);
        buffer.base64(new byte[length]);
        assertThat(buffer.overflowed()).isTrue();
        assertThat(buffer.size()).isZero();
    }
}
