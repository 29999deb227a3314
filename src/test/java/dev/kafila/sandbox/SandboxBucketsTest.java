package dev.kafila.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.kafila.aws.AwsClients;
import dev.kafila.aws.AwsSettings;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Through the real client wherever it can be made to send it. */
@Timeout(60)
class SandboxBucketsTest {
    private static final String SIGNATURE = "AWS4-HMAC-SHA256 Credential=AKID/20260101/eu-central-1/s3/aws4_request, "
            + "SignedHeaders=host, Signature=" + "0".repeat(64);

    private final SandboxAws aws = SandboxAws.start();
    private final SandboxBuckets buckets = aws.buckets();
    private final S3Client client = AwsClients.s3(settings(), Duration.ofSeconds(20), 2);

    @AfterEach
    void close() {
        client.close();
        aws.close();
    }

    @Test
    void anObjectIsStoredAndComesBackAsItWas() {
        put("claims", "a/b c+é", "{\"é\":1}");

        assertThat(client.getObjectAsBytes(get -> get.bucket("claims").key("a/b c+é"))
                        .asUtf8String())
                .isEqualTo("{\"é\":1}");
        assertThat(client.headObject(head -> head.bucket("claims").key("a/b c+é"))
                        .contentLength())
                .isEqualTo(8);
        assertThat(buckets.objects("claims")).containsOnlyKeys("a/b c+é");
        assertThat(buckets.objects("claims").get("a/b c+é").contentType()).isEqualTo("application/json");
        assertThat(buckets.received().get(0).signature().accessKeyId()).isEqualTo("AKIDSANDBOX");
    }

    @Test
    void bytesThatAreNoTextComeBackAsTheyWere() {
        byte[] content = {(byte) 0xff, 0, '\r', '\n', (byte) 0x80};

        client.putObject(put -> put.bucket("claims").key("k"), RequestBody.fromBytes(content));

        assertThat(client.getObjectAsBytes(get -> get.bucket("claims").key("k")).asByteArray())
                .isEqualTo(content);
    }

    /** With one of these the client sends the encoding aws-chunked and the checksum behind the content. */
    @ParameterizedTest
    @EnumSource(
            value = ChecksumAlgorithm.class,
            names = {"CRC32", "SHA1", "SHA256"})
    void aChecksumBehindTheContentIsHeldAgainstIt(ChecksumAlgorithm algorithm) {
        String content = "x".repeat(200_000);

        client.putObject(
                put -> put.bucket("claims").key("k").checksumAlgorithm(algorithm), RequestBody.fromString(content));

        StoredObject stored = buckets.objects("claims").get("k");
        assertThat(stored.text()).isEqualTo(content);
        assertThat(stored.checksums())
                .containsKey(ObjectChecks.CHECKSUM + algorithm.name().toLowerCase(Locale.ROOT));
        assertThat(client.getObjectAsBytes(get -> get.bucket("claims").key("k")).asUtf8String())
                .isEqualTo(content);
    }

    @ParameterizedTest
    @CsvSource({
        "x-amz-checksum-crc32, AAAAAA==, BadDigest",
        "x-amz-checksum-sha256, AAAAAA==, BadDigest",
        "content-md5, AAAAAA==, BadDigest",
        "x-amz-content-sha256, 0000000000000000000000000000000000000000000000000000000000000000, XAmzContentSHA256Mismatch",
        "x-amz-decoded-content-length, 7, IncompleteBody",
        "x-amz-content-sha256, STREAMING-UNSIGNED-PAYLOAD-TRAILER, IncompleteBody",
    })
    void contentThatIsNotWhatWasSentIsRefused(String header, String value, String code) throws Exception {
        HttpResponse<String> answer = send("PUT", "/claims/k", header, value);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("<Code>" + code + "</Code>");
        assertThat(buckets.objects("claims")).isEmpty();
    }

    @Test
    void onlyDeclaredBucketsExistOnceOneIsDeclared() {
        buckets.declare("claims");

        put("claims", "k", "{}");
        client.headBucket(head -> head.bucket("claims"));

        assertThatThrownBy(() -> put("typo", "k", "{}")).isInstanceOf(NoSuchBucketException.class);
        assertThatThrownBy(() -> client.headBucket(head -> head.bucket("typo")))
                .isInstanceOf(NoSuchBucketException.class);
        assertThatThrownBy(() ->
                        client.getObjectAsBytes(get -> get.bucket("claims").key("other")))
                .isInstanceOf(NoSuchKeyException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "503, SlowDown",
        "500, InternalError",
        "403, AccessDenied",
        "301, PermanentRedirect",
        "400, ExpiredToken",
    })
    void failsAsToldAndStoresNothing(int status, String code) {
        buckets.answers(Answer.status(status, code));

        S3Exception thrown = catchThrowableOfType(S3Exception.class, () -> put("claims", "k", "{}"));

        assertThat(thrown.statusCode()).isEqualTo(status);
        assertThat(thrown.awsErrorDetails().errorCode()).isEqualTo(code);
        assertThat(buckets.objects("claims")).isEmpty();
        put("claims", "k", "{}");
        assertThat(buckets.objects("claims")).hasSize(1);
        assertThat(buckets.count()).isEqualTo(2);
    }

    @Test
    void aConnectionThatIsResetStoresNothing() {
        buckets.answers(Answer.reset());

        assertThatThrownBy(() -> put("claims", "k", "{}")).isInstanceOf(SdkClientException.class);

        assertThat(buckets.objects("claims")).isEmpty();
    }

    @Test
    void askingForABucketUsesUpNoAnswerAndFailsAsTold() {
        buckets.answers(Answer.status(503, "SlowDown"));
        buckets.answersHeadBucketWith(Answer.status(403, "AccessDenied"));

        S3Exception thrown =
                catchThrowableOfType(S3Exception.class, () -> client.headBucket(head -> head.bucket("claims")));

        assertThat(thrown.statusCode()).isEqualTo(403);
        assertThat(buckets.count()).isZero();
        assertThatThrownBy(() -> put("claims", "k", "{}")).isInstanceOf(S3Exception.class);
    }

    @Test
    void anUnsignedRequestIsRefused() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(aws.endpoint() + "/claims/k"))
                .PUT(HttpRequest.BodyPublishers.ofString("{}"))
                .build();

        HttpResponse<String> answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body()).contains("<Code>AccessDenied</Code>");
        assertThat(buckets.count()).isZero();
    }

    @Test
    void aNameThatNoBucketCanHaveIsRefused() throws Exception {
        HttpResponse<String> answer = send("PUT", "/No/k", "x-sandbox", "1");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("<Code>InvalidBucketName</Code>");
    }

    @Test
    void bucketsAreSteeredAndShownByHttp() throws Exception {
        send("POST", "/_sandbox/buckets/answers?answer=status&status=503&type=SlowDown&times=1", "x-sandbox", "1");

        assertThatThrownBy(() -> put("claims", "k", "{}")).isInstanceOf(S3Exception.class);
        put("claims", "k", "{\"a\":1}");

        assertThat(send("GET", "/_sandbox/buckets?last=1", "x-sandbox", "1").body())
                .contains("\"bucket\":\"claims\"", "\"key\":\"k\"", "{\\\"a\\\":1}");
    }

    private void put(String bucket, String key, String content) {
        client.putObject(
                put -> put.bucket(bucket).key(key).contentType("application/json"),
                RequestBody.fromString(content, StandardCharsets.UTF_8));
    }

    private HttpResponse<String> send(String method, String path, String header, String value) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(aws.endpoint() + path))
                .header("Authorization", SIGNATURE)
                .header("X-Amz-Date", "20260101T000000Z")
                .header(header, value)
                .method(method, HttpRequest.BodyPublishers.ofString("{}"))
                .build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    }

    private AwsSettings settings() {
        Map<String, String> values = Map.of(
                "region", "eu-central-1",
                "endpoint", aws.endpoint().toString(),
                "access-key-id", "AKIDSANDBOX",
                "secret-access-key", "secret");
        return AwsSettings.of(values::get);
    }
}
