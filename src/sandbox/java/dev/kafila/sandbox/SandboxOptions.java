package dev.kafila.sandbox;

import java.time.Duration;
import java.util.Properties;

/**
 * What the command line says.
 *
 * @param records how many sample records are sent at the start
 * @param exit    whether the sandbox ends by itself, when all of them were received
 * @param timeout after which it ends without them
 */
record SandboxOptions(int records, boolean exit, Duration timeout) {

    static SandboxOptions of(Properties properties) {
        return new SandboxOptions(
                number(properties, "sandbox.records", 20),
                Boolean.parseBoolean(properties.getProperty("sandbox.exit", "false")),
                Duration.ofSeconds(number(properties, "sandbox.timeout", 120)));
    }

    private static int number(Properties properties, String name, int otherwise) {
        String value = properties.getProperty(name, String.valueOf(otherwise));
        try {
            return Integer.parseUnsignedInt(value);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("-D" + name + "=" + value + ": a whole number is wanted", e);
        }
    }
}
