package dev.kafila.faults.proof;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** A mistake that is put into the product on purpose: a line of its source is another one. The checker has to find each. */
enum Sabotage {
    COMMIT_BEFORE_DELIVERY(
            Losses.LOST,
            "batch/Lane.java",
            "account.handedOut(batch.size());",
            "account.handedOut(batch.size()); settled = batch.lastOffset() + 1;"),
    DROP_ON_FUNCTION_ERROR(
            Losses.LOST,
            "lambda/Interpretation.java",
            ": new Retry(FailureKind.FUNCTION_ERROR, answer.functionError(), null);",
            ": new Delivered();"),
    RETRY_WITHOUT_ORDER(
            Inversions.INVERSIONS,
            "eventbridge/BusDelivery.java",
            "parts.sort(Comparator.comparing(part -> part.records().get(0).offset()));",
            "parts.sort(Comparator.comparing(Part::attempts).thenComparing(part -> part.records().get(0).offset()));"),
    /** Not near the end, where the run would wait for the right offset in vain. */
    COMMIT_BACKWARDS(
            Commits.BACKWARDS,
            "batch/Commits.java",
            "new OffsetAndMetadata(offset, metadata)",
            "new OffsetAndMetadata(offset < 1000 && offset % 3 == 0 ? Math.max(0, offset - 300) : offset, metadata)");

    private static final Path SOURCES = Path.of("src", "main", "java", "dev", "kafila");
    private static final Path JAR = Path.of("target", "kafila.jar");

    private final String figure;
    private final String file;
    private final String right;
    private final String wrong;

    Sabotage(String figure, String file, String right, String wrong) {
        this.figure = figure;
        this.file = file;
        this.right = right;
        this.wrong = wrong;
    }

    /** Name of the figure that has to find it. */
    String figure() {
        return figure;
    }

    /** Where the mistake is, below the root package. */
    String file() {
        return file;
    }

    /** Returns a directory with the classes of the file it is in, to be put before the jar on the class path. */
    Path compile(Path directory) {
        try {
            Path classes = Files.createDirectories(directory.resolve("classes"));
            Path source = Files.createDirectories(directory.resolve("sources"))
                    .resolve(Path.of(file).getFileName());
            Files.writeString(source, sabotaged(Files.readString(SOURCES.resolve(file))));
            compile(source, classes);
            return classes;
        } catch (IOException e) {
            throw new UncheckedIOException("Not compiled: " + this, e);
        }
    }

    /** The line has to be there, and once: else nobody knows what is broken. */
    String sabotaged(String source) {
        int at = source.indexOf(right);
        if (at < 0 || source.indexOf(right, at + 1) >= 0) {
            throw new IllegalStateException(file + " has not exactly one of: " + right);
        }
        return source.replace(right, wrong);
    }

    private void compile(Path source, Path classes) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter problems = new StringWriter();
        List<String> options =
                List.of("-proc:none", "--release", "17", "-cp", JAR.toString(), "-d", classes.toString());
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            boolean compiled = compiler.getTask(problems, files, null, options, null, files.getJavaFileObjects(source))
                    .call();
            if (!compiled) {
                throw new IllegalStateException(this + " does not compile:\n" + problems);
            }
        }
    }
}
