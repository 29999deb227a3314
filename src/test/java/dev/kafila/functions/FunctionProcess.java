package dev.kafila.functions;

import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.api.client.AWSLambda;
import dev.kafila.sandbox.SandboxRuntime;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

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
        Path log = directory.resolve(name + ".log");
        ProcessBuilder builder = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-XX:TieredStopAtLevel=1",
                        "-D" + LIBRARY + "=" + library(name, directory),
                        "-cp",
                        System.getProperty("java.class.path"),
                        AWSLambda.class.getName(),
                        handler.getName() + "::handleRequest"))
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment()
                .putAll(Map.of(
                        "AWS_LAMBDA_RUNTIME_API",
                        runtime.address(),
                        "_HANDLER",
                        handler.getName() + "::handleRequest",
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
                        directory.toString(),
                        "AWS_REGION",
                        "eu-west-1"));
        return new FunctionProcess(builder.start(), log);
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
