package dev.kafila.settings;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.Assertions;

/** Settings as somebody has set them. */
final class Given {

    private final Map<String, String> system = new HashMap<>();
    private final Map<String, String> environment = new HashMap<>();
    private final Map<String, String> workingDirectory = new HashMap<>();
    private final Map<String, String> jar = new HashMap<>();

    static Given nothing() {
        return new Given();
    }

    /** What a route to Lambda needs at least, in the file of the working directory. */
    static Given aRoute() {
        return new Given().file("kafila.lambda.topics", "orders").file("kafila.lambda.function", "on-order");
    }

    /** What a route to EventBridge needs at least. */
    static Given aBus() {
        return new Given().file("kafila.eventbridge.topics", "orders").file("kafila.eventbridge.bus", "orders");
    }

    Given system(String name, String value) {
        system.put(name, value);
        return this;
    }

    Given environment(String name, String value) {
        environment.put(name, value);
        return this;
    }

    Given file(String name, String value) {
        workingDirectory.put(name, value);
        return this;
    }

    Given jar(String name, String value) {
        jar.put(name, value);
        return this;
    }

    Settings load() {
        return Settings.load(new Sources(system, environment, workingDirectory, jar));
    }

    /** What Camel sees. */
    String property(String name) {
        return load().camelProperties().get(name);
    }

    List<String> problems() {
        SettingsException refused = Assertions.catchThrowableOfType(SettingsException.class, this::load);
        return refused == null ? List.of() : refused.problems();
    }

    AbstractThrowableAssert<?, ? extends Throwable> assertRefused() {
        return Assertions.assertThatThrownBy(this::load).isInstanceOf(SettingsException.class);
    }
}
