package dev.kafila.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import jdk.net.ExtendedSocketOptions;
import org.apache.http.protocol.BasicHttpContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.lambda.LambdaClient;

@Timeout(120)
class AwsTlsTest {

    private static final char[] PASSWORD = "sandbox-secret".toCharArray();

    @TempDir
    private static Path directory;

    private static SSLContext before;
    private static SSLContext identity;

    /** What the JVM trusts and presents is what {@code javax.net.ssl.*} would have named. */
    @BeforeAll
    static void trustTheCertificate() throws Exception {
        before = SSLContext.getDefault();
        identity = identity(directory.resolve("aws.p12"));
        SSLContext.setDefault(identity);
    }

    @AfterAll
    static void trustAsBefore() {
        SSLContext.setDefault(before);
    }

    @Test
    void aCertificateThatTheJvmTrustsIsTrusted() throws Exception {
        try (var aws = LoopbackHttp.answeringOverTls(identity);
                var client = client("https://localhost:" + aws.port())) {

            invoke(client);

            assertThat(aws.requests).hasSize(1);
        }
    }

    @Test
    void aCertificateOfAnotherNameIsNot() throws Exception {
        try (var aws = LoopbackHttp.answeringOverTls(identity);
                var client = client("https://127.0.0.1:" + aws.port())) {

            assertThatThrownBy(() -> invoke(client)).isInstanceOf(SdkClientException.class);

            assertThat(aws.requests).isEmpty();
        }
    }

    @Test
    void aConnectionThatIsSilentProvesThatItIsAliveOnceAMinute() throws Exception {
        try (Socket socket = new KeepAliveSocketFactory().createSocket(new BasicHttpContext())) {

            assertThat(socket.getOption(ExtendedSocketOptions.TCP_KEEPIDLE)).isEqualTo(60);
            assertThat(socket.getOption(ExtendedSocketOptions.TCP_KEEPINTERVAL)).isEqualTo(60);
        }
    }

    private static SSLContext identity(Path file) throws Exception {
        keytool(file);
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            keys.load(in, PASSWORD);
        }
        KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        own.init(keys, PASSWORD);
        KeyStore certificates = KeyStore.getInstance("PKCS12");
        certificates.load(null, null);
        certificates.setCertificateEntry("aws", keys.getCertificate("aws"));
        TrustManagerFactory trusted = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trusted.init(certificates);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(own.getKeyManagers(), trusted.getTrustManagers(), null);
        return context;
    }

    private static void keytool(Path file) throws Exception {
        String command = Path.of(System.getProperty("java.home"), "bin", "keytool")
                + " -genkeypair -alias aws -keyalg EC -dname CN=localhost -ext san=dns:localhost -ext bc:c -storetype PKCS12"
                + " -storepass " + new String(PASSWORD) + " -keystore " + file;
        Process process = new ProcessBuilder(command.split(" "))
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("keytool.log").toFile())
                .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
    }

    private static void invoke(LambdaClient client) {
        client.invoke(request -> request.functionName("f").payload(SdkBytes.fromUtf8String("[]")));
    }

    private static LambdaClient client(String endpoint) {
        Map<String, String> values = Map.of(
                "region", "eu-central-1",
                "endpoint", endpoint,
                "access-key-id", "AKIDEXAMPLE",
                "secret-access-key", "s");
        return AwsClients.lambda(AwsSettings.of(values::get), Duration.ofSeconds(20), 1);
    }
}
