package dev.kafila.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kafila.settings.Settings;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SandboxSettingsTest {

    @Test
    void recordsFlowToTheBusUnlessOnlyTheFunctionIsToBeChecked() {
        try (SandboxAws aws = SandboxAws.start();
                SandboxBroker broker = SandboxBroker.start()) {
            assertThat(topics(SandboxSettings.load(broker, aws, true))).isEqualTo(Workshop.TOPIC);
            assertThat(bus(SandboxSettings.load(broker, aws, true))).isEqualTo(Workshop.BUS);
            assertThat(topics(SandboxSettings.load(broker, aws, false))).isEmpty();
        }
    }

    private static String topics(Settings settings) {
        return property(settings, "kafila.eventbridge.topics");
    }

    private static String bus(Settings settings) {
        return property(settings, "kafila.eventbridge.bus");
    }

    private static String property(Settings settings, String name) {
        return Map.copyOf(settings.camelProperties()).getOrDefault(name, "");
    }
}
