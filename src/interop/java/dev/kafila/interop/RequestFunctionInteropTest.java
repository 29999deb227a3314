package dev.kafila.interop;

import static dev.kafila.interop.Kcat.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kafila.aws.AwsClients;
import dev.kafila.aws.AwsSettings;
import dev.kafila.functions.FunctionProcess;
import dev.kafila.interop.Kcat.Seen;
import dev.kafila.sandbox.FunctionConfiguration;
import dev.kafila.sandbox.SandboxAws;
import dev.kafila.sandbox.SandboxBroker;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.lambda.LambdaClient;

/** Requests to the function, which AWS's runtime client runs in a process of its own, are records to kcat and messages to protoc. */
class RequestFunctionInteropTest {
    private static final String SCHEMA = """
        syntax = "proto3";
        package shop;
        message Order {
          int64 id = 1;
          string name = 2;
          repeated Line lines = 3;
          map<string, double> rates = 4;
          Kind kind = 5;
          bytes seal = 6;
          message Line { string sku = 1; sint32 count = 2; }
        }
        enum Kind { UNKNOWN = 0; GIFT = 1; }
        """;

    @TempDir
    private Path directory;

    private SandboxBroker broker;
    private SandboxAws aws;
    private LambdaClient lambda;
    private FunctionProcess function;
    private Kcat kcat;

    @BeforeEach
    void start() throws Exception {
        Program.requireInstalled("protoc", "protobuf-compiler");
        broker = SandboxBroker.start();
        kcat = Kcat.of(broker.bootstrapServers());
        broker.createTopic("orders", 1);
        aws = SandboxAws.start();
        aws.schemas().create("shop", "orders", "PROTOBUF");
        aws.schemas().register("orders", SCHEMA);
        aws.function("requests").configure(FunctionConfiguration.DEFAULT.withTimeout(Duration.ofSeconds(60)));
        Map<String, String> settings = Map.of(
                "region", "eu-west-1",
                "endpoint", aws.endpoint().toString(),
                "access-key-id", "INTEROP",
                "secret-access-key", "interop");
        lambda = AwsClients.lambda(AwsSettings.of(settings::get), Duration.ofMinutes(2), 1);
        Map<String, String> variables = Map.of(
                "REGION", "eu-west-1",
                "GLUE_REGISTRY_NAME", "shop",
                "KAFKA_BOOSTRAP_SERVERS", broker.bootstrapServers(),
                "KAFILA_KAFKA_SECURITY_PROTOCOL", "PLAINTEXT",
                "KAFILA_GATEWAY_TOPICS", "orders",
                "KAFILA_AWS_ENDPOINT", aws.endpoint().toString(),
                "AWS_ACCESS_KEY_ID", "INTEROP",
                "AWS_SECRET_ACCESS_KEY", "interop");
        function = FunctionProcess.start(
                "requests", "dev.kafila.RequestFunction", variables, aws.runtime("requests"), directory);
    }

    @AfterEach
    void stop() {
        function.close();
        lambda.close();
        aws.close();
        broker.close();
    }

    @Test
    void kcatReadsKeyAndHeadersAsSentAndProtocTheMessage() throws Exception {
        String answer = invoke("""
            {"topicName":"orders","key":"a=b,c","headers":{"trace":"é","empty":""},
             "body":{"id":"9007199254740993","name":"zoë","lines":[{"sku":"a","count":-3},{"sku":"b"}],
                     "rates":{"eur":0.5},"kind":"GIFT","seal":"AP8="}}
            """);

        assertThat(answer).isEqualTo("{\"statusCode\":\"200\",\"message\":\"ok\"}");
        assertThat(kcat.consume("orders")).singleElement().satisfies(record -> {
            assertThat(record.key()).isEqualTo(bytes("a=b,c"));
            assertThat(utf8(record.headers())).isEqualTo("trace=é,empty=");
            assertThat(decoded(record)).isEqualToIgnoringNewLines("""
                id: 9007199254740993
                name: "zo\\303\\253"
                lines {
                  sku: "a"
                  count: -3
                }
                lines {
                  sku: "b"
                }
                rates {
                  key: "eur"
                  value: 0.5
                }
                kind: GIFT
                seal: "\\000\\377"
                """);
        });
    }

    @Test
    void kcatReadsNoKeyAndNoHeadersWhereNoneWereSentAndNothingOfWhatWasRefused() throws Exception {
        assertThat(invoke("{\"topicName\":\"orders\",\"body\":{\"colour\":\"red\"}}"))
                .contains("\"400\"", "colour");
        assertThat(invoke("{\"topicName\":\"orders\",\"body\":{\"id\":7}}")).contains("\"200\"");

        assertThat(kcat.consume("orders")).singleElement().satisfies(record -> {
            assertThat(record.key()).isNull();
            assertThat(record.headers()).isEmpty();
            assertThat(decoded(record)).isEqualToIgnoringNewLines("id: 7");
        });
    }

    private String invoke(String request) {
        return lambda.invoke(to -> to.functionName("requests").payload(SdkBytes.fromUtf8String(request)))
                .payload()
                .asUtf8String();
    }

    private String decoded(Seen record) throws Exception {
        Files.writeString(directory.resolve("orders.proto"), SCHEMA);
        List<String> protoc = List.of("protoc", "--decode=shop.Order", "-I" + directory, "orders.proto");
        return Program.run(protoc, Map.of(), record.value()).success().asUtf8String();
    }

    /** kcat's text has one character a byte. */
    private static String utf8(String text) {
        return new String(text.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }
}
