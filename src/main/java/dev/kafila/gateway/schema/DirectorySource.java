package dev.kafila.gateway.schema;

import dev.kafila.schema.DataFormat;
import dev.kafila.schema.LatestSchema;
import dev.kafila.schema.ProtobufFiles;
import dev.kafila.schema.RegisteredSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.errors.RetriableException;

/** {@code .proto} files in a directory, and what they import from it. */
final class DirectorySource implements SchemaSource {
    private static final String SUFFIX = ".proto";

    private final Path directory;

    DirectorySource(Path directory) {
        this.directory = directory;
    }

    @Override
    public LatestSchema latest(String name) {
        String title = "schema " + name + SUFFIX + " of the directory " + directory;
        String text = read(name + SUFFIX, title);
        if (text == null) {
            throw new DataException("There is no " + title);
        }
        Map<String, String> imports = new LinkedHashMap<>();
        addImports(text, title, imports);
        return new LatestSchema(new RegisteredSchema(title, DataFormat.PROTOBUF, text, imports, null), null);
    }

    /** What is not in the directory may be one of the files that everybody has; the parser knows those. */
    private void addImports(String text, String title, Map<String, String> texts) {
        for (String name : ProtobufFiles.importsOf(text, title)) {
            String imported = texts.containsKey(name) ? null : read(name, title);
            if (imported != null) {
                texts.put(name, imported);
                addImports(imported, title, texts);
            }
        }
    }

    /** Null if there is no such file. Where links lead is looked at, too: a file outside of the directory is none of its schemas. */
    private String read(String name, String title) {
        try {
            Path root = directory.toRealPath();
            Path file = root.resolve(name).normalize();
            if (!file.startsWith(root) || !file.toRealPath().startsWith(root)) {
                throw new DataException("The " + title + " would be outside of it, or imports what is: " + name);
            }
            return Files.readString(file);
        } catch (NoSuchFileException e) {
            if (Files.isDirectory(directory)) {
                return null;
            }
            throw new RetriableException("There is no directory " + directory + " to read schemas from", e);
        } catch (InvalidPathException e) {
            throw new DataException("The " + title + " has no name that a file can have, or imports one: " + name, e);
        } catch (IOException e) {
            throw new RetriableException("The " + title + " cannot be read: " + e, e);
        }
    }
}
