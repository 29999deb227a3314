package dev.kafila;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProcessPlaceholdersTest {
    private static final String OWN = "payments.topics";

    @AfterEach
    void clear() {
        System.clearProperty(OWN);
        System.clearProperty("securityProtocol");
    }

    @Test
    void aPlaceholderOfAUsersOwnComesFromTheProcess() throws Exception {
        System.setProperty(OWN, "payments");

        assertThat(resolve(new KafilaMain(Map.of(), getClass().getClassLoader()), OWN))
                .contains("payments");
    }

    @Test
    void aSettingWins() throws Exception {
        System.setProperty(OWN, "payments");

        assertThat(resolve(new KafilaMain(Map.of(OWN, "set"), getClass().getClassLoader()), OWN))
                .contains("set");
    }

    @ParameterizedTest
    @ValueSource(strings = {"path", "securityProtocol"})
    void whatAKameletLeavesUnsetIsNoVariableThatHasItsName(String parameter) throws Exception {
        System.setProperty("securityProtocol", "SSL");

        assertThat(resolve(new KafilaMain(Map.of(), getClass().getClassLoader()), parameter))
                .isEmpty();
    }

    @Test
    void aFunctionOfLambdaTakesNothingFromTheProcess() throws Exception {
        System.setProperty(OWN, "payments");

        assertThat(resolve(new KafilaMain(Map.of(), getClass().getClassLoader()).closed(), OWN))
                .isEmpty();
    }

    private static Optional<String> resolve(KafilaMain main, String name) throws Exception {
        main.start();
        try {
            return main.getCamelContext().getPropertiesComponent().resolveProperty(name);
        } finally {
            main.stop();
        }
    }
}
