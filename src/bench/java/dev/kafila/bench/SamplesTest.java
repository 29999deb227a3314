package dev.kafila.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SamplesTest {

    @ParameterizedTest
    @ValueSource(ints = {100, 512, 10_240, 204_800})
    void aValueIsJsonOfTheSizeThatIsWanted(int bytes) throws IOException {
        byte[] value = Samples.value(123_456, bytes);

        assertThat(value).hasSize(bytes);
        assertThat(JsonMapper.builder().build().readTree(value).get("id").asInt())
                .isEqualTo(123_456);
    }
}
