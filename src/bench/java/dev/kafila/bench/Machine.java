package dev.kafila.bench;

/** What the figures were measured on. */
final class Machine {
    private Machine() {}

    /** A line of Markdown. */
    static String describe() {
        return "%d cores, JDK %s, %s %s.%n%n"
                .formatted(
                        Runtime.getRuntime().availableProcessors(),
                        Runtime.version(),
                        System.getProperty("os.name"),
                        System.getProperty("os.arch"));
    }
}
