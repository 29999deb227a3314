package dev.kafila.eventbridge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class EventBridgeOptionsTest {
    private static final String ROLE = "arn:aws:iam::123456789012:role/put-events";

    @Test
    void aSessionThatNobodyNamesIsTheConnectors() {
        assertThat(session(Map.of("roleArn", ROLE, "connectorId", "shop"))).isEqualTo("shop");
        assertThat(session(Map.of("roleArn", ROLE, "connectorId", "shop", "roleSessionName", "own")))
                .isEqualTo("own");
    }

    @Test
    void withoutARoleThereIsNoSession() {
        assertThat(session(Map.of("connectorId", "shop"))).isNull();
    }

    private static String session(Map<String, String> parameters) {
        return new EventBridgeOptions(parameters).aws().roleSessionName();
    }
}
