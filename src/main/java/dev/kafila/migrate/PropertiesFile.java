package dev.kafila.migrate;

/** What a route refers to, as lines for {@code application.properties}. */
final class PropertiesFile {
    private PropertiesFile() {}

    /** Not the connector's name alone, which the file may have that is read. */
    static String name(Draft draft) {
        return RouteFile.id(draft) + ".properties";
    }

    /** "" if the route refers to nothing. */
    static String text(Draft draft) {
        StringBuilder text = new StringBuilder();
        draft.open().stream()
                .filter(open -> open.key() != null && !draft.lines().containsKey(open.key()))
                .forEach(open -> text.append(comment(open))
                        .append("#")
                        .append(open.key())
                        .append("=\n"));
        draft.lines().forEach((key, line) -> text.append(escaped(key, true))
                .append('=')
                .append(escaped(line, false))
                .append('\n'));
        return text.isEmpty()
                ? ""
                : "# Of the route " + RouteFile.id(draft) + ", for application.properties beside routes/\n" + text;
    }

    private static String comment(Unfilled open) {
        return "# " + open.was().name() + (open.form().isEmpty() ? "" : ": " + open.form()) + "; or " + open.variable()
                + " in the environment\n";
    }

    /** As {@link java.util.Properties} reads it back. */
    private static String escaped(String text, boolean key) {
        String escaped = text.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r");
        return key ? escaped.replaceAll("([ :=#!])", "\\\\$1") : escaped.replaceFirst("^([ \\t])", "\\\\$1");
    }
}
