package dev.kafila.settings;

/**
 * What somebody set.
 *
 * @param name   as the catalogue knows it
 * @param value  trimmed; "" takes back what a lower source says
 * @param origin where it was set, as a problem names it
 */
record Setting(String name, String value, String origin) {

    @Override
    public String toString() {
        return name + " (" + origin + ")";
    }
}
