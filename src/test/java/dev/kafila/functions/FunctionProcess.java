package dev.kafila.functions;

import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.api.client.AWSLambda;
import dev.kafila.sandbox.SandboxRuntime;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** A function in a process of its own, run by AWS's runtime client as in Lambda, until it is closed. */
public record FunctionProcess(Process process, Path log) implements AutoCloseable {
    private static final long SECONDS = 20;

    /** Property: the library that the runtime client loads. */
    private static final String LIBRARY =
            "com.amazonaws.services.lambda.runtime.api.client.runtimeapi.NativeClient.JNI";

    /**
     * Starts a function.
     *
     * @param directory where it writes its log
     */
    public static FunctionProcess start(
            String name, Class<? extends RequestHandler<?, ?>> handler, SandboxRuntime runtime, Path directory)
            throws IOException {
        return start(name, handler.getName() + "::handleRequest", Map.of(), runtime, directory);
    }

    /**
     * Starts a function with all classes of this process.
     *
     * @param variables the function's own
     * @param directory where it writes its log
     */
    public static FunctionProcess start(
            String name, String handler, Map<String, String> variables, SandboxRuntime runtime, Path directory)
            throws IOException {
        return start(name, handler, classPath(entry -> true), variables, runtime, directory, directory);
    }

    /**
     * Starts a function from an unpacked zip. Its classes come from there alone.
     *
     * @param root      the runtime client looks for classes in it and in the jars of its {@code lib}
     * @param variables the function's own
     * @param directory where it writes its log
     */
    public static FunctionProcess unpacked(
            Path root, String handler, Map<String, String> variables, SandboxRuntime runtime, Path directory)
            throws IOException {
        String client = classPath(entry -> entry.contains("aws-lambda-java-"));
        return start("unpacked", handler, client, variables, runtime, root, directory);
    }

    /** Of this process, for one that works in another directory. */
    private static String classPath(Predicate<String> wanted) {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(wanted)
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static FunctionProcess start(
            String name,
            String handler,
            String classPath,
            Map<String, String> variables,
            SandboxRuntime runtime,
            Path root,
            Path directory)
            throws IOException {
        Path log = directory.resolve(name + ".log");
        ProcessBuilder builder = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-XX:TieredStopAtLevel=1",
                        "-D" + LIBRARY + "=" + library(name, directory),
                        "-cp",
                        classPath,
                        AWSLambda.class.getName(),
                        handler))
                .directory(root.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().putAll(reserved(name, handler, runtime, root));
        builder.environment().putAll(variables);
        return new FunctionProcess(builder.start(), log);
    }

    /** What Lambda sets for every function. */
    private static Map<String, String> reserved(String name, String handler, SandboxRuntime runtime, Path root) {
        return Map.of(
                "AWS_LAMBDA_RUNTIME_API",
                runtime.address(),
                "_HANDLER",
                handler,
                "AWS_LAMBDA_FUNCTION_NAME",
                name,
                "AWS_LAMBDA_FUNCTION_VERSION",
                "$LATEST",
                "AWS_LAMBDA_FUNCTION_MEMORY_SIZE",
                "128",
                "AWS_LAMBDA_LOG_GROUP_NAME",
                "/aws/lambda/" + name,
                "AWS_LAMBDA_LOG_STREAM_NAME",
                "test",
                "LAMBDA_TASK_ROOT",
                root.toString(),
                "AWS_REGION",
                "eu-west-1");
    }

    /** By itself every runtime client writes its library to one place in /tmp, and may load what another is just writing. */
    private static Path library(String name, Path directory) throws IOException {
        String machine = System.getProperty("os.arch").equals("aarch64") ? "aarch_64" : "x86_64";
        Path library = directory.resolve(name + ".so");
        try (InputStream packed =
                AWSLambda.class.getResourceAsStream("/jni/libaws-lambda-jni.linux-" + machine + ".so")) {
            Files.copy(Objects.requireNonNull(packed, "the runtime client's library for " + machine), library);
        }
        return library;
    }

    /** What it wrote so far. */
    public String output() throws IOException {
        return Files.readString(log);
    }

    @Override
    public void close() {
        try {
            process.destroyForcibly().onExit().get(SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("Process " + process.pid() + " does not end", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while process " + process.pid() + " ends", e);
        }
    }
}
