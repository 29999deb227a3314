package dev.kafila.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class SandboxOptionsTest {
    private final Properties properties = new Properties();

    @Test
    void withoutOptionsTwentyRecordsAreSentAndItGoesOn() {
        assertThat(SandboxOptions.of(properties)).isEqualTo(new SandboxOptions(20, false, Duration.ofMinutes(2)));
    }

    @Test
    void theFixedCommandSendsAThousandAndExits() {
        properties.setProperty("sandbox.records", "1000");
        properties.setProperty("sandbox.exit", "true");

        assertThat(SandboxOptions.of(properties)).isEqualTo(new SandboxOptions(1000, true, Duration.ofMinutes(2)));
    }

    @Test
    void aNumberThatIsNoneIsRefusedByName() {
        properties.setProperty("sandbox.records", "many");

        assertThatThrownBy(() -> SandboxOptions.of(properties)).hasMessageContaining("-Dsandbox.records=many");
    }
}
