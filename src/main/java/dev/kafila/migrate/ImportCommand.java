package dev.kafila.migrate;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** {@code java -jar kafila.jar import connector.json}: makes routes of the configurations of Kafka Connect's connectors. */
public final class ImportCommand {
    /** How it is called. */
    public static final String USAGE =
            "java -jar kafila.jar import [--output <directory>] [--force] <connector.json or .properties, or - >...";

    /** Everything has a counterpart and nothing is left to fill in. */
    static final int DONE = 0;

    /** A file cannot be read or written, or a value is wrong; nothing was written for it. */
    static final int FAILED = 2;

    /** Written, and the report names what to fill in or to decide. */
    static final int UNFINISHED = 3;

    private static final String HELP = """
            Usage: %s

            Writes a route for each connector of Nordstrom's kafka-connect-lambda, Confluent's AWS Lambda sink or AWS's EventBridge
            sink, and says what has no counterpart. Reads what is posted to Kafka Connect or what it answers, one connector or several, and the
            properties of a standalone worker; - is the standard input. Secrets are never written: they become placeholders.

              --output <directory>  where routes/ and the properties are written, instead of here
              --force               replaces files that are there
              --help                says this

            Exit status: 0 everything has a counterpart; 3 written, but something is to be filled in or decided; 2 a file or a
            value is wrong, and nothing was written for it.
            """.formatted(USAGE);

    private final Path directory;
    private final InputStream input;
    private final PrintStream output;
    private final PrintStream errors;

    /**
     * A command that speaks through these streams.
     *
     * @param directory the working directory: where files are looked for and written
     */
    public ImportCommand(Path directory, InputStream input, PrintStream output, PrintStream errors) {
        this.directory = directory;
        this.input = input;
        this.output = output;
        this.errors = errors;
    }

    /**
     * Imports the files that the arguments name.
     *
     * @return the status to exit with
     */
    public int run(List<String> arguments) {
        ImportArguments parsed;
        try {
            parsed = ImportArguments.parse(arguments);
        } catch (ImportException e) {
            errors.println(e.getMessage());
            errors.println("Usage: " + USAGE);
            return FAILED;
        }
        if (parsed.help()) {
            output.print(HELP);
            return DONE;
        }
        int status = DONE;
        for (String file : parsed.files()) {
            // What is wrong is worse than what is unfinished.
            int own = importFile(file, parsed);
            status = own == FAILED || status == FAILED ? FAILED : Math.max(own, status);
        }
        return status;
    }

    private int importFile(String file, ImportArguments arguments) {
        List<Connector> connectors;
        try {
            connectors = ConnectorFile.read(stem(file), text(file));
        } catch (ImportException e) {
            return failed(file, e.getMessage());
        }
        int status = DONE;
        for (Connector connector : connectors) {
            String place = connectors.size() == 1 ? file : file + ", connector " + connector.name();
            int own = importConnector(connector, place, arguments);
            status = own == FAILED || status == FAILED ? FAILED : Math.max(own, status);
        }
        return status;
    }

    private int importConnector(Connector connector, String place, ImportArguments arguments) {
        try {
            Draft draft = Translation.of(connector);
            String title = ConnectorTables.of(connector).title();
            List<String> written = write(draft, title, arguments);
            output.println(Report.of(draft, title, place, written));
            return draft.isUnfinished() ? UNFINISHED : DONE;
        } catch (ImportException e) {
            return failed(place, e.getMessage());
        }
    }

    private List<String> write(Draft draft, String title, ImportArguments arguments) {
        Path target = directory.resolve(arguments.output());
        List<Path> files = new ArrayList<>(List.of(target.resolve("routes").resolve(RouteFile.name(draft))));
        List<String> texts = new ArrayList<>(List.of(RouteFile.text(draft, title)));
        if (!PropertiesFile.text(draft).isEmpty()) {
            files.add(target.resolve(PropertiesFile.name(draft)));
            texts.add(PropertiesFile.text(draft));
        }
        try {
            for (Path file : files) {
                if (!arguments.force() && Files.exists(file)) {
                    throw new FileAlreadyExistsException(file.toString());
                }
            }
            Files.createDirectories(target.resolve("routes"));
            for (int i = 0; i < files.size(); i++) {
                Files.writeString(files.get(i), texts.get(i));
            }
        } catch (FileAlreadyExistsException e) {
            throw new ImportException(e.getMessage() + " is there already; --force replaces it");
        } catch (IOException e) {
            throw new ImportException("cannot be written: " + e);
        }
        return files.stream().map(directory::relativize).map(Path::toString).toList();
    }

    private String text(String file) {
        try {
            return file.equals("-")
                    ? new String(input.readAllBytes(), StandardCharsets.UTF_8)
                    : new String(Files.readAllBytes(directory.resolve(file)), StandardCharsets.UTF_8);
        } catch (NoSuchFileException e) {
            throw new ImportException("there is no such file");
        } catch (IOException e) {
            throw new ImportException("cannot be read: " + e);
        }
    }

    private int failed(String place, String problems) {
        problems.lines().forEach(problem -> errors.println(place + ": " + problem));
        return FAILED;
    }

    /** A file's name without its directory and its endings. */
    private static String stem(String file) {
        String name =
                file.equals("-") ? "connector" : String.valueOf(Path.of(file).getFileName());
        return name.replaceFirst("(\\.(json|properties|example|txt))+$", "");
    }
}
