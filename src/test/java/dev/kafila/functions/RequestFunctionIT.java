package dev.kafila.functions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kafila.aws.AwsClients;
import dev.kafila.aws.AwsSettings;
import dev.kafila.sandbox.FunctionConfiguration;
import dev.kafila.sandbox.SandboxAws;
import dev.kafila.sandbox.SecuredBroker;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;

/** What Lambda gets, unpacked and run as Lambda does: by AWS's runtime client, with the classes of the zip alone. After the package phase. */
@Timeout(120)
class RequestFunctionIT {
    private static final Path ZIP = Path.of("target", "kafila-function.zip");
    private static final String HANDLER = "dev.kafila.RequestFunction";
    private static final String ROLE = "arn:aws:iam::000000000000:role/registry";
    private static final String TOPIC = "orders";
    private static final String REQUEST = "{\"body\":{\"id\":7},\"topicName\":\"orders\",\"verbose\":true}";

    private static SecuredBroker broker;
    private static SandboxAws aws;
    private static LambdaClient lambda;
    private static Path root;
    private static int number;

    private final String name = "requests-" + number++;

    @TempDir
    private Path directory;

    private FunctionProcess process;

    @BeforeAll
    static void start(@TempDir Path unpacked) throws IOException {
        root = unpacked;
        unpack();
        broker = SecuredBroker.start();
        broker.open().createTopic(TOPIC, 1);
        broker.allowWrites(SecuredBroker.ACCESS_KEY_ID, TOPIC);
        aws = SandboxAws.start();
        aws.schemas().create("shop", TOPIC, "PROTOBUF");
        aws.schemas().register(TOPIC, "syntax = \"proto3\"; message Order { int32 id = 1; }");
        Map<String, String> settings = Map.of(
                "region",
                "eu-west-1",
                "endpoint",
                aws.endpoint().toString(),
                "access-key-id",
                SecuredBroker.ACCESS_KEY_ID,
                "secret-access-key",
                SecuredBroker.SECRET_ACCESS_KEY);
        lambda = AwsClients.lambda(AwsSettings.of(settings::get), Duration.ofMinutes(1), 1);
    }

    private static void unpack() throws IOException {
        try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(ZIP))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                Path file = root.resolve(entry.getName());
                if (entry.isDirectory()) {
                    Files.createDirectories(file);
                } else {
                    Files.createDirectories(file.getParent());
                    Files.copy(zip, file);
                }
            }
        }
    }

    @AfterAll
    static void stop() {
        lambda.close();
        aws.close();
        broker.close();
    }

    @AfterEach
    void end() {
        if (process != null) {
            process.close();
        }
    }

    @Test
    void theVariablesOfTheOriginalAreEnoughAndTheLoginIsByIam() throws Exception {
        run(Map.of("KAFILA_GATEWAY_TOPICS", TOPIC));

        assertThat(invoke().payload().asUtf8String())
                .isEqualTo(
                        "{\"statusCode\":\"200\",\"message\":\"ok\",\"topic\":\"orders\",\"partition\":0,\"offset\":0}");
        assertThat(invoke().payload().asUtf8String()).contains("\"offset\":1");
        assertThat(broker.open().records(TOPIC)).hasSize(2);
        assertThat(process.output()).contains("Takes requests into orders").doesNotContain("WARN", "ERROR");
    }

    @Test
    void aRoleForTheRegistryIsAssumed() throws Exception {
        run(Map.of("KAFILA_GATEWAY_TOPICS", TOPIC, "KAFILA_GATEWAY_AWS_ROLE_ARN", ROLE));

        assertThat(invoke().payload().asUtf8String()).contains("\"200\"");
        assertThat(aws.roles().received()).isNotEmpty().allSatisfy(role -> assertThat(role.roleArn())
                .isEqualTo(ROLE));
    }

    @Test
    void aSettingThatIsMissingFailsTheInitPhaseAndIsNamed() throws Exception {
        run(Map.of());

        InvokeResponse answer = invoke();

        assertThat(answer.functionError()).isEqualTo("Unhandled");
        assertThat(answer.payload().asUtf8String()).contains("kafila.gateway.topics: is required");
    }

    @Test
    void theZipIsSmallEnoughForLambda() throws Exception {
        assertThat(Files.size(ZIP)).isLessThan(50_000_000);
        long unzipped = 0;
        try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(ZIP))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                assertThat(entry.getName()).startsWith("lib/");
                unzipped += read(zip);
            }
        }
        assertThat(unzipped).isLessThan(250_000_000);
    }

    private static long read(InputStream entry) throws IOException {
        return entry.readAllBytes().length;
    }

    private void run(Map<String, String> more) throws IOException {
        aws.function(name).configure(FunctionConfiguration.DEFAULT.withTimeout(Duration.ofSeconds(30)));
        Path certificate = Files.writeString(directory.resolve("ca.pem"), broker.certificate());
        Map<String, String> variables = new HashMap<>(Map.of(
                "REGION",
                "eu-west-1",
                "GLUE_REGISTRY_NAME",
                "shop",
                "KAFKA_BOOSTRAP_SERVERS",
                broker.address(SecuredBroker.Listener.IAM),
                "AWS_ACCESS_KEY_ID",
                SecuredBroker.ACCESS_KEY_ID,
                "AWS_SECRET_ACCESS_KEY",
                SecuredBroker.SECRET_ACCESS_KEY,
                "KAFILA_AWS_ENDPOINT",
                aws.endpoint().toString(),
                "KAFILA_KAFKA_SSL_TRUSTSTORE_LOCATION",
                certificate.toString(),
                "KAFILA_KAFKA_SSL_TRUSTSTORE_TYPE",
                "PEM"));
        variables.putAll(more);
        process = FunctionProcess.unpacked(root, HANDLER, variables, aws.runtime(name), directory);
    }

    private InvokeResponse invoke() {
        return lambda.invoke(request -> request.functionName(name).payload(SdkBytes.fromUtf8String(REQUEST)));
    }
}
