package dev.kafila;

import org.apache.camel.spi.PropertiesSource;
import org.apache.camel.util.IOHelper;

/**
 * Placeholders of a user's own, which may come from {@code -D} or the environment: {@code {{payments.topics}}} from
 * {@code PAYMENTS_TOPICS}. Not those of a single word: so are the parameters of kamelets called, and what a kamelet leaves unset must not
 * become a variable that happens to have its name, such as {@code REGION} or {@code BROKERS}.
 */
final class ProcessPlaceholders implements PropertiesSource {
    @Override
    public String getName() {
        return "process";
    }

    @Override
    public String getProperty(String name) {
        if (name.chars().noneMatch(letter -> letter == '.' || letter == '-' || letter == '_')) {
            return null;
        }
        String property = System.getProperty(name);
        return property == null ? IOHelper.lookupEnvironmentVariable(name) : property;
    }
}
