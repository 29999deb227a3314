package dev.kafila.settings;

import java.util.Optional;

/** What a setting says to a value, for somebody who makes settings from something else. */
public final class SettingForm {

    private final Key key;

    private SettingForm(Key key) {
        this.key = key;
    }

    /** The form of a setting that there is, by its whole name. */
    public static SettingForm of(String name) {
        return new SettingForm(
                Catalogue.find(name).orElseThrow(() -> new IllegalArgumentException("No setting " + name)));
    }

    /** What is wrong with a value, as it follows the name; empty if nothing is. */
    public Optional<String> problem(String value) {
        return key.type().read(value).isPresent()
                ? Optional.empty()
                : Optional.of("must be " + text() + (key.secret() ? "" : ", not \"" + value + '"'));
    }

    /** What would be right; "" where any text is. */
    public String text() {
        return key.type().equals(Types.TEXT) ? "" : key.type().form();
    }

    /** A right value as it gets through the address of a kamelet: a pattern of topics does not as it stands. */
    public String inAddress(String value) {
        return key.type().meaning() == Topics.class ? key.type().normal(value) : value;
    }
}
