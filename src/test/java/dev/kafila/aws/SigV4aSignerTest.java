package dev.kafila.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kafila.sandbox.SandboxAws;
import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.AlgorithmParameters;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4FamilyHttpSigner;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4aHttpSigner;
import software.amazon.awssdk.http.auth.aws.signer.RegionSet;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.AwsSessionCredentialsIdentity;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;
import software.amazon.awssdk.utils.BinaryUtils;

/** Access key and public key are those of the tests of AWS's common runtime (aws-c-auth): it derives the same. */
class SigV4aSignerTest {
    private static final String ID = "AKISORANDOMAASORANDOM";
    private static final String SECRET = "q+jcrXGc+0zWN6uzclKVhvMmUsIfRPa4rlRandom";
    private static final String X = "15d242ceebf8d8169fd6a8b5a746c41140414c3b07579038da06af89190fffcb";
    private static final String Y = "0515242cedd82e94799482e4c0514b505afccf2c0c98d6a553bf539f424c5ec0";

    /** SHA-256 of {@code {}}. */
    private static final String PAYLOAD = "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a";

    private final SigV4aSigner signer = new SigV4aSigner();

    @Test
    void whatIsSignedWithASecretIsCheckedWithThePublicKeyThatAwsDerivesFromIt() throws Exception {
        SdkHttpRequest signed = sign(AwsCredentialsIdentity.create(ID, SECRET), "https://abcde.example/");

        assertThat(signed.firstMatchingHeader("X-Amz-Region-Set")).hasValue("*");
        String names = "content-type;host;x-amz-date;x-amz-region-set;x-amz-target";
        assertThat(authorization(signed))
                .startsWith("AWS4-ECDSA-P256-SHA256 Credential=" + ID + "/20260102/events/aws4_request, SignedHeaders="
                        + names + ", Signature=");
        String canonical = String.join(
                "\n",
                "POST",
                "/",
                "",
                "content-type:application/x-amz-json-1.1",
                "host:abcde.example",
                "x-amz-date:20260102T030405Z",
                "x-amz-region-set:*",
                "x-amz-target:AWSEvents.PutEvents",
                "",
                names,
                PAYLOAD);
        assertThat(isRight(signed, canonical)).isTrue();
        assertThat(isRight(signed, canonical.replace("PutEvents", "PutRule"))).isFalse();
    }

    @Test
    void aSessionAndAPortOfItsOwnAreSigned() throws Exception {
        SdkHttpRequest signed =
                sign(AwsSessionCredentialsIdentity.create(ID, SECRET, "token"), "http://127.0.0.1:4566/events");

        String canonical = String.join(
                "\n",
                "POST",
                "/events",
                "",
                "content-type:application/x-amz-json-1.1",
                "host:127.0.0.1:4566",
                "x-amz-date:20260102T030405Z",
                "x-amz-region-set:*",
                "x-amz-security-token:token",
                "x-amz-target:AWSEvents.PutEvents",
                "",
                "content-type;host;x-amz-date;x-amz-region-set;x-amz-security-token;x-amz-target",
                PAYLOAD);
        assertThat(isRight(signed, canonical)).isTrue();
    }

    @Test
    void aKeyIsDerivedAgainForOtherCredentials() {
        AwsCredentialsIdentity credentials = AwsCredentialsIdentity.create(ID, SECRET);

        assertThat(SigV4aKey.of(credentials).isOf(credentials)).isTrue();
        assertThat(SigV4aKey.of(credentials).isOf(AwsCredentialsIdentity.create(ID, "other")))
                .isFalse();
        assertThat(SigV4aKey.of(credentials).isOf(AwsCredentialsIdentity.create("other", SECRET)))
                .isFalse();
        assertThat(SigV4aKey.of(credentials)).hasToString("SigV4aKey[" + ID + "]");
    }

    @Test
    void aRequestWithAQueryIsNotSigned() {
        AwsCredentialsIdentity credentials = AwsCredentialsIdentity.create(ID, SECRET);

        assertThatThrownBy(() -> sign(credentials, "http://127.0.0.1:4566/?a=b"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theClientPutsEventsOnAGlobalEndpoint() {
        SandboxAws aws = SandboxAws.start();
        AwsSettings settings = AwsSettings.of(Map.of(
                "region",
                "eu-west-1",
                "endpoint",
                aws.endpoint().toString(),
                "access-key-id",
                ID,
                "secret-access-key",
                SECRET)::get);
        try (EventBridgeClient client = AwsClients.eventBridge(settings, Duration.ofSeconds(10), 1)) {
            var answer = client.putEvents(request -> request.endpointId("abcde.veo")
                    .entries(PutEventsRequestEntry.builder()
                            .eventBusName("orders")
                            .source("s")
                            .detailType("t")
                            .detail("{}")
                            .build()));

            assertThat(answer.failedEntryCount()).isZero();
            assertThat(aws.events().entries("orders")).hasSize(1);
        } finally {
            aws.close();
        }
    }

    private SdkHttpRequest sign(AwsCredentialsIdentity credentials, String uri) {
        SdkHttpRequest request = SdkHttpRequest.builder()
                .method(SdkHttpMethod.POST)
                .uri(URI.create(uri))
                .putHeader("Content-Type", "application/x-amz-json-1.1")
                .putHeader("X-Amz-Target", "AWSEvents.PutEvents")
                .putHeader("User-Agent", "not signed")
                .build();
        return signer.sign(to -> to.identity(credentials)
                        .request(request)
                        .payload(() -> new ByteArrayInputStream("{}".getBytes(StandardCharsets.UTF_8)))
                        .putProperty(AwsV4FamilyHttpSigner.SERVICE_SIGNING_NAME, "events")
                        .putProperty(AwsV4aHttpSigner.REGION_SET, RegionSet.GLOBAL)
                        .putProperty(
                                HttpSigner.SIGNING_CLOCK,
                                Clock.fixed(Instant.parse("2026-01-02T03:04:05Z"), ZoneOffset.UTC)))
                .request();
    }

    private static String authorization(SdkHttpRequest signed) {
        return signed.firstMatchingHeader("Authorization").orElseThrow();
    }

    private static boolean isRight(SdkHttpRequest signed, String canonical) throws Exception {
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(canonical.getBytes(StandardCharsets.UTF_8));
        String text =
                "AWS4-ECDSA-P256-SHA256\n20260102T030405Z\n20260102/events/aws4_request\n" + BinaryUtils.toHex(hash);
        Signature check = Signature.getInstance("SHA256withECDSA");
        check.initVerify(publicKey());
        check.update(text.getBytes(StandardCharsets.UTF_8));
        return check.verify(BinaryUtils.fromHex(authorization(signed).replaceFirst(".*Signature=", "")));
    }

    private static PublicKey publicKey() throws Exception {
        AlgorithmParameters curve = AlgorithmParameters.getInstance("EC");
        curve.init(new ECGenParameterSpec("secp256r1"));
        ECPoint point = new ECPoint(new BigInteger(X, 16), new BigInteger(Y, 16));
        return KeyFactory.getInstance("EC")
                .generatePublic(new ECPublicKeySpec(point, curve.getParameterSpec(ECParameterSpec.class)));
    }
}
