package dev.kafila.functions;

import dev.kafila.aws.AwsClients;
import dev.kafila.aws.AwsSettings;
import dev.kafila.sandbox.FunctionConfiguration;
import dev.kafila.sandbox.SandboxAws;
import dev.kafila.sandbox.SandboxBroker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.lambda.LambdaClient;

/**
 * Measures the function of {@code target/kafila-function.zip}: {@code java -cp <test class path> dev.kafila.functions.FunctionTimes
 * <unpacked zip> <processes> <warm invocations>}. What the environment has beside, {@code JAVA_TOOL_OPTIONS} say, the function has, too.
 */
public final class FunctionTimes {
    private static final String REQUEST = "{\"topicName\":\"orders\",\"key\":\"k\",\"headers\":{\"h\":\"v\"},"
            + "\"body\":{\"id\":\"7\",\"name\":\"zoe\"}}";

    private final SandboxBroker broker;
    private final SandboxAws aws;
    private final LambdaClient lambda;
    private final Path root;

    private FunctionTimes(SandboxBroker broker, SandboxAws aws, LambdaClient lambda, Path root) {
        this.broker = broker;
        this.aws = aws;
        this.lambda = lambda;
        this.root = root;
    }

    public static void main(String... arguments) throws Exception {
        try (SandboxBroker broker = SandboxBroker.start();
                SandboxAws aws = SandboxAws.start()) {
            broker.createTopic("orders", 1);
            aws.schemas().create("orders", "PROTOBUF");
            aws.schemas()
                    .register(
                            "orders",
                            "syntax = \"proto3\"; package shop; message Order { int64 id = 1; string name = 2; }");
            AwsSettings settings = AwsSettings.of(credentials(aws)::get);
            try (LambdaClient lambda = AwsClients.lambda(settings, Duration.ofMinutes(1), 1)) {
                FunctionTimes times = new FunctionTimes(broker, aws, lambda, Path.of(arguments[0]));
                for (int run = 0; run < Integer.parseInt(arguments[1]); run++) {
                    times.measure("run-" + run, Integer.parseInt(arguments[2]));
                }
            }
        }
    }

    private static Map<String, String> credentials(SandboxAws aws) {
        return Map.of(
                "region", "eu-west-1",
                "endpoint", aws.endpoint().toString(),
                "access-key-id", "AKIDEXAMPLE",
                "secret-access-key", "secret");
    }

    private void measure(String function, int warm) throws IOException {
        aws.function(function).configure(FunctionConfiguration.DEFAULT.withTimeout(Duration.ofSeconds(30)));
        Map<String, String> variables = new HashMap<>(Map.of(
                "KAFKA_BOOSTRAP_SERVERS", broker.bootstrapServers(),
                "KAFILA_KAFKA_SECURITY_PROTOCOL", "PLAINTEXT",
                "KAFILA_GATEWAY_TOPICS", "orders",
                "KAFILA_AWS_ENDPOINT", aws.endpoint().toString(),
                "AWS_ACCESS_KEY_ID", "AKIDEXAMPLE",
                "AWS_SECRET_ACCESS_KEY", "secret"));
        Path directory = Files.createTempDirectory("kafila-times");
        long start = System.nanoTime();
        try (FunctionProcess process = FunctionProcess.unpacked(
                root, "dev.kafila.RequestFunction", variables, aws.runtime(function), directory)) {
            while (process.process().isAlive() && !process.output().contains("RequestFunction")) {
                Thread.onSpinWait();
            }
            double init = since(start);
            long initCpu = cpu(process);
            double first = invoke(function);
            long firstCpu = cpu(process) - initCpu;
            double[] times = new double[warm];
            for (int i = 0; i < warm; i++) {
                times[i] = invoke(function);
            }
            Arrays.sort(times);
            System.out.printf(
                    "init %.0f ms (CPU %d ms), first invocation %.0f ms (CPU %d ms), warm p50 %.2f ms, p99 %.2f ms of"
                            + " %d, log of %s%n",
                    init, initCpu, first, firstCpu, times[warm / 2], times[warm * 99 / 100], warm, directory);
        }
    }

    private double invoke(String function) {
        long start = System.nanoTime();
        String answer = lambda.invoke(
                        request -> request.functionName(function).payload(SdkBytes.fromUtf8String(REQUEST)))
                .payload()
                .asUtf8String();
        if (!answer.contains("\"200\"")) {
            throw new IllegalStateException(answer);
        }
        return since(start);
    }

    private static long cpu(FunctionProcess process) {
        return process.process().info().totalCpuDuration().orElseThrow().toMillis();
    }

    private static double since(long start) {
        return (System.nanoTime() - start) / 1e6;
    }
}
