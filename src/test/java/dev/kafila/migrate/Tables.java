package dev.kafila.migrate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What people read about where the properties of connectors go, as it follows from the tables. */
final class Tables {
    private Tables() {}

    /** Between what two lines the README holds a table. */
    record Markers(String begin, String end) {
        static Markers of(String name) {
            return new Markers("<!-- " + name + ":begin -->", "<!-- " + name + ":end -->");
        }

        /** What is between them. */
        String read(String text) {
            return text.substring(text.indexOf(begin) + begin.length() + 1, text.indexOf(end));
        }

        String write(String text, String between) {
            return text.substring(0, text.indexOf(begin) + begin.length() + 1)
                    + between
                    + text.substring(text.indexOf(end));
        }
    }

    /** Each table under the name of its markers. */
    static Stream<String> names() {
        return Stream.concat(ConnectorTables.ALL.stream().map(ConnectorTable::slug), Stream.of("connect"));
    }

    static String markdown(String name) {
        List<Mapping> mappings = ConnectorTables.ALL.stream()
                .filter(table -> table.slug().equals(name))
                .findFirst()
                .map(ConnectorTable::mappings)
                .orElse(ConnectMappings.of(Target.LAMBDA));
        return mappings.stream()
                .map(Tables::row)
                .collect(Collectors.joining("", "\n| theirs | ours | |\n|---|---|---|\n", "\n"));
    }

    /** What is said of Nordstrom's example, and the route that is written. */
    static String run() throws IOException {
        Path directory = Files.createTempDirectory("import");
        Files.copy(Path.of("src/test/resources/import/nordstrom-rest.json"), directory.resolve("connector.json"));
        Imported imported = Imported.run(directory, "", "connector.json");
        String shown = "\n```\n" + imported.report().strip() + "\n```\n\n```yaml\n"
                + imported.routeFile().strip() + "\n```\n\n";
        imported.delete();
        return shown;
    }

    private static String row(Mapping mapping) {
        String theirs = "`" + mapping.theirs() + "`" + (mapping.defaultValue() == null ? "" : value(mapping));
        String ours = mapping.ours().isEmpty() ? "" : "`" + mapping.ours() + "`";
        return "| " + theirs + " | " + ours + " | " + mapping.note().replace("|", "\\|") + " |\n";
    }

    /** The default, without the package of a class. */
    private static String value(Mapping mapping) {
        return " (`" + mapping.defaultValue().replaceFirst("^[\\w.]+\\.(?=[A-Z])", "...") + "`)";
    }
}
