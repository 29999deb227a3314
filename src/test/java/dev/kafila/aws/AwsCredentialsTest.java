package dev.kafila.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kafila.sandbox.Answer;
import dev.kafila.sandbox.AssumedRole;
import dev.kafila.sandbox.SandboxAws;
import dev.kafila.sandbox.Signature;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.sts.model.StsException;

/** Whose signature a request carries. */
@Timeout(60)
class AwsCredentialsTest {

    private static final String ROLE = "arn:aws:iam::123456789012:role/orders";
    private static final Map<String, String> KEYS =
            Map.of("access-key-id", "AKIDSTATIC", "secret-access-key", "wJalrXUtnFEMI");

    private static SandboxAws aws;

    @BeforeAll
    static void startAws() {
        aws = SandboxAws.start();
    }

    @AfterAll
    static void stopAws() {
        aws.close();
    }

    @BeforeEach
    void forget() {
        aws.reset();
    }

    @Test
    void keysSignTheRequest() {
        assertThat(signature(KEYS)).isEqualTo(new Signature("AKIDSTATIC", "eu-central-1", "lambda", null));
    }

    @Test
    void aSessionTokenGoesWithItsKeys() {
        assertThat(signature(with(KEYS, "session-token", "tok")).sessionToken()).isEqualTo("tok");
    }

    @Test
    void aClassWithAConstructorIsAProvider() {
        Map<String, String> provider = Map.of("credentials-provider", CountingProvider.class.getName());

        assertThat(signature(provider).accessKeyId()).isEqualTo("AKIDCONSTRUCTED");
    }

    @Test
    void aClassWithAStaticCreateIsAProvider() {
        Map<String, String> provider = Map.of("credentials-provider", CountingProvider.Created.class.getName());

        assertThat(signature(provider).accessKeyId()).isEqualTo("AKIDCREATED");
    }

    @Test
    void keysWinOverAProviderClass() {
        Map<String, String> both = with(KEYS, "credentials-provider", CountingProvider.class.getName());

        assertThat(signature(both).accessKeyId()).isEqualTo("AKIDSTATIC");
    }

    @Test
    void aProviderClassComesFromTheContextClassLoader() {
        List<String> asked = new ArrayList<>();
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(new ClassLoader(before) {
            @Override
            public Class<?> loadClass(String name) throws ClassNotFoundException {
                asked.add(name);
                return super.loadClass(name);
            }
        });
        try {
            signature(Map.of("credentials-provider", CountingProvider.class.getName()));
        } finally {
            thread.setContextClassLoader(before);
        }

        assertThat(asked).contains(CountingProvider.class.getName());
    }

    @Test
    void aClassThatIsNoProviderIsRefusedByName() {
        assertThatThrownBy(() -> client(Map.of("credentials-provider", "java.lang.String")))
                .isInstanceOf(AwsSettingsException.class)
                .hasMessageContaining("credentials-provider: java.lang.String is not a");
        assertThatThrownBy(() -> client(Map.of("credentials-provider", "no.such.Provider")))
                .isInstanceOf(AwsSettingsException.class)
                .hasMessageContaining("plug-in directory");
    }

    @Test
    void aProfileOfTheSharedFileSignsTheRequest(@TempDir Path home) throws Exception {
        Path file = Files.writeString(home.resolve("credentials"), """
                [default]
                aws_access_key_id=AKIDDEFAULT
                aws_secret_access_key=s
                [orders]
                aws_access_key_id=AKIDORDERS
                aws_secret_access_key=s
                """);
        try (var properties = new SystemProperties()) {
            properties.set("aws.sharedCredentialsFile", file.toString()).set("aws.configFile", home + "/none");

            assertThat(signature(Map.of("profile", "orders")).accessKeyId()).isEqualTo("AKIDORDERS");
        }
    }

    @Test
    void withoutAnySettingTheSdksChainSignsTheRequest() {
        try (var properties = new SystemProperties()) {
            properties.set("aws.accessKeyId", "AKIDCHAIN").set("aws.secretAccessKey", "s");

            assertThat(signature(Map.of()).accessKeyId()).isEqualTo("AKIDCHAIN");
        }
    }

    @Test
    void aRoleIsAssumedWithItsExternalIdAndSessionName() {
        Map<String, String> role = new HashMap<>(KEYS);
        role.putAll(Map.of("role-arn", ROLE, "external-id", "caravan", "role-session-name", "kafila-orders"));

        Signature signature = signature(role);

        assertThat(aws.roles().received()).singleElement().satisfies(assumed -> {
            assertThat(assumed.roleArn()).isEqualTo(ROLE);
            assertThat(assumed.externalId()).isEqualTo("caravan");
            assertThat(assumed.sessionName()).isEqualTo("kafila-orders");
            assertThat(assumed.signature()).isEqualTo(new Signature("AKIDSTATIC", "eu-central-1", "sts", null));
        });
        AssumedRole assumed = aws.roles().received().get(0);
        assertThat(signature.accessKeyId()).isEqualTo(assumed.accessKeyId());
        assertThat(signature.sessionToken()).isNotEmpty();
    }

    @Test
    void aRoleIsAssumedOnceForManyCalls() {
        try (LambdaClient client = client(with(KEYS, "role-arn", ROLE))) {
            invoke(client);
            invoke(client);
        }

        assertThat(aws.roles().received()).singleElement().satisfies(assumed -> {
            assertThat(assumed.sessionName()).isEqualTo("kafila");
            assertThat(assumed.externalId()).isNull();
        });
    }

    @Test
    void aSessionThatIsAboutToExpireIsRefreshedBeforeTheNextCall() {
        aws.roles().sessionsLast(Duration.ofSeconds(30));
        try (LambdaClient client = client(with(KEYS, "role-arn", ROLE))) {
            invoke(client);
            aws.roles().sessionsLast(Duration.ofHours(1));
            invoke(client);
            invoke(client);
        }

        assertThat(aws.roles().received()).hasSize(2);
        assertThat(aws.function("f").received())
                .extracting(invocation -> invocation.signature().accessKeyId())
                .containsExactly(session(0), session(1), session(1));
    }

    private static String session(int index) {
        return aws.roles().received().get(index).accessKeyId();
    }

    @ParameterizedTest
    @ValueSource(strings = {"source_profile=staging", "credential_source=Environment"})
    void aProfileThatAssumesARoleNamesWhoseCredentialsItTakes(String source, @TempDir Path home) throws Exception {
        Path file = Files.writeString(home.resolve("credentials"), """
                [default]
                role_arn=%s
                %s
                role_session_name=trusted
                region=eu-central-1
                [staging]
                aws_access_key_id=AKIDSTAGING
                aws_secret_access_key=s
                """.formatted(ROLE, source));
        try (var properties = new SystemProperties()) {
            properties
                    .set("aws.sharedCredentialsFile", file.toString())
                    .set("aws.configFile", home + "/none")
                    .set("aws.region", "eu-central-1")
                    .set("aws.endpointUrlSts", aws.endpoint().toString());
            if (source.contains("Environment")) {
                // The SDK takes them for the environment's.
                properties.set("aws.accessKeyId", "AKIDSTAGING").set("aws.secretAccessKey", "s");
            }

            Signature signature = signature(Map.of("profile", "default"));

            assertThat(aws.roles().received()).singleElement().satisfies(assumed -> {
                assertThat(assumed.roleArn()).isEqualTo(ROLE);
                assertThat(assumed.sessionName()).isEqualTo("trusted");
                assertThat(assumed.signature().accessKeyId()).isEqualTo("AKIDSTAGING");
            });
            assertThat(signature.accessKeyId()).isEqualTo(session(0));
        }
    }

    @Test
    void aRoleIsAssumedWithWhateverOtherCredentialsThereAre() {
        signature(Map.of("role-arn", ROLE, "credentials-provider", CountingProvider.class.getName()));

        assertThat(aws.roles().received()).singleElement().satisfies(assumed -> assertThat(
                        assumed.signature().accessKeyId())
                .isEqualTo("AKIDCONSTRUCTED"));
    }

    @Test
    void aRoleThatMayNotBeAssumedFailsTheCallWithTheStatusOfSts() {
        aws.roles().byDefault(Answer.status(403, "AccessDenied"));
        try (LambdaClient client = client(with(KEYS, "role-arn", ROLE))) {

            assertThatThrownBy(() -> invoke(client))
                    .isInstanceOfSatisfying(
                            StsException.class, e -> assertThat(e.statusCode()).isEqualTo(403));
        }
        assertThat(aws.function("f").received()).isEmpty();
    }

    @Test
    void closingTheClientClosesTheCredentialsBehindTheRole() {
        int before = CountingProvider.CLOSED.get();
        LambdaClient client =
                client(Map.of("role-arn", ROLE, "credentials-provider", CountingProvider.class.getName()));

        client.close();

        assertThat(CountingProvider.CLOSED).hasValueGreaterThan(before);
    }

    @Test
    void contradictionsAreRefusedBeforeAnythingIsSent() {
        assertThatThrownBy(() -> client(Map.of("access-key-id", "AKIDSTATIC", "external-id", "caravan")))
                .isInstanceOf(AwsSettingsException.class)
                .hasMessage("access-key-id: is set, but secret-access-key is not; set both or neither;"
                        + " external-id: has no effect without role-arn");
    }

    @Test
    void noSecretIsInTheTextOfTheSettings() {
        Map<String, String> secrets = new HashMap<>(KEYS);
        secrets.putAll(Map.of("session-token", "tok-hunter2", "proxy-user", "u", "proxy-password", "pw-hunter2"));

        assertThat(AwsSettings.of(secrets::get).toString()).doesNotContain("wJalrXUtnFEMI", "hunter2");
    }

    /** Of one invocation, as AWS received it. */
    private static Signature signature(Map<String, String> settings) {
        try (LambdaClient client = client(settings)) {
            invoke(client);
        }
        return aws.function("f").received().get(0).signature();
    }

    private static void invoke(LambdaClient client) {
        client.invoke(request -> request.functionName("f").payload(SdkBytes.fromUtf8String("[]")));
    }

    private static LambdaClient client(Map<String, String> more) {
        Map<String, String> values = new HashMap<>(
                Map.of("region", "eu-central-1", "endpoint", aws.endpoint().toString()));
        values.putAll(more);
        return AwsClients.lambda(AwsSettings.of(values::get), Duration.ofSeconds(20), 1);
    }

    private static Map<String, String> with(Map<String, String> settings, String name, String value) {
        Map<String, String> more = new HashMap<>(settings);
        more.put(name, value);
        return more;
    }
}
