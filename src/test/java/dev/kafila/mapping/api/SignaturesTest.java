package dev.kafila.mapping.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.NotEmpty;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.utils.http.SdkHttpUtils;

/** Requests that the SDK's own signer has signed, and what somebody may make of them on the way. */
class SignaturesTest {
    private static final Instant NOW = Instant.parse("2026-01-31T06:00:00Z");
    private static final String PATH = "/2015-03-31/event-source-mappings/";

    private final Signatures signatures = at(NOW);

    private static Signatures at(Instant time) {
        return new Signatures(Map.of("AKID", "secret"), Clock.fixed(time, ZoneOffset.UTC));
    }

    @Property(tries = 200)
    void whatTheSdkSignsIsTaken(
            @ForAll @StringLength(max = 20) String segment,
            @ForAll @Size(max = 3) Map<@AlphaChars @NotEmpty String, @StringLength(max = 10) String> query,
            @ForAll @StringLength(max = 50) String body) {
        // No client sends these: the signer would take them for steps of the path.
        Assume.that(!segment.equals(".") && !segment.equals(".."));
        SdkHttpRequest.Builder unsigned = unsigned(PATH + SdkHttpUtils.urlEncode(segment));
        query.forEach(unsigned::putRawQueryParameter);

        assertThatCode(() -> signatures.verify(signed(unsigned, body, "AKID", "secret", "lambda")))
                .doesNotThrowAnyException();
    }

    @Test
    void valuesOfOneParameterAreSigned() {
        SdkHttpRequest.Builder unsigned = unsigned("/2017-03-31/tags/arn%3Aaws%3Alambda")
                .putRawQueryParameter("tagKeys", List.of("b", "a b", "a"));

        assertThatCode(() -> signatures.verify(signed(unsigned, "", "AKID", "secret", "lambda")))
                .doesNotThrowAnyException();
    }

    @Test
    void nothingOfASignedRequestCanBeChanged() {
        ApiRequest right = signed(unsigned(PATH), "{\"Topics\":[\"a\"]}", "AKID", "secret", "lambda");

        refuses(new ApiRequest("PUT", right.path(), right.query(), right.headers(), right.body()), "does not match");
        refuses(new ApiRequest("POST", PATH + "a", right.query(), right.headers(), right.body()), "does not match");
        refuses(
                new ApiRequest("POST", PATH, Map.of("MaxItems", List.of("1")), right.headers(), right.body()),
                "does not match");
        refuses(
                new ApiRequest("POST", PATH, right.query(), right.headers(), SdkBytes.fromUtf8String("{}")),
                "does not match");
        refuses(with(right, "host", "other:9877"), "does not match");
        refuses(with(right, "x-amz-date", "20260131T060001Z"), "does not match");
        refuses(with(right, "x-amz-new", "a"), "not signed: x-amz-new");
    }

    @Test
    void aBodyThatIsNotSignedIsRefused() {
        ApiRequest right = signed(unsigned(PATH), "{}", "AKID", "secret", "lambda");
        SdkHttpRequest.Builder unsigned = unsigned(PATH).protocol("https");
        ApiRequest open = signed(unsigned, "{}", "AKID", "secret", "lambda", false);

        assertThat(open.header("x-amz-content-sha256")).isEqualTo("UNSIGNED-PAYLOAD");
        refuses(open, "does not match");
        assertThatCode(() -> signatures.verify(right)).doesNotThrowAnyException();
    }

    @Test
    void theSecretHasToBeRight() {
        refuses(signed(unsigned(PATH), "{}", "AKID", "Secret", "lambda"), "does not match");
    }

    @Test
    void theServiceHasToBeLambda() {
        refuses(signed(unsigned(PATH), "{}", "AKID", "secret", "events"), "the service lambda");
    }

    @ParameterizedTest
    @ValueSource(ints = {-299, 0, 299})
    void aSignatureIsGoodForFiveMinutes(int seconds) {
        ApiRequest request = signed(unsigned(PATH), "{}", "AKID", "secret", "lambda");

        assertThatCode(() -> at(NOW.plusSeconds(seconds)).verify(request)).doesNotThrowAnyException();
    }

    @Test
    void aStaleSignatureIsRefused() {
        ApiRequest request = signed(unsigned(PATH), "{}", "AKID", "secret", "lambda");

        refuses(
                at(NOW.plus(Duration.ofSeconds(301))),
                request,
                ApiError.WRONG_SIGNATURE,
                "Signature expired: 20260131T060000Z");
        refuses(at(NOW.minus(Duration.ofSeconds(301))), request, ApiError.WRONG_SIGNATURE, "Signature not yet current");
    }

    @Test
    void theDayOfTheKeyIsTheDayOfTheRequest() {
        ApiRequest request = signed(unsigned(PATH), "{}", "AKID", "secret", "lambda");
        String moved = request.header("authorization").replace("/20260131/", "/20260130/");

        refuses(with(request, "authorization", moved), "the day of X-Amz-Date");
    }

    @Test
    void anUnknownKeyIsRefused() {
        refuses(
                signatures,
                signed(unsigned(PATH), "{}", "OTHER", "secret", "lambda"),
                ApiError.UNKNOWN_KEY,
                "The security token included in the request is invalid.");
    }

    @Test
    void aRequestWithoutASignatureIsRefused() {
        ApiRequest request = signed(unsigned(PATH), "{}", "AKID", "secret", "lambda");
        Map<String, List<String>> headers = new HashMap<>(request.headers());
        headers.remove("authorization");

        refuses(
                signatures,
                new ApiRequest("POST", PATH, Map.of(), headers, request.body()),
                ApiError.UNSIGNED,
                "Missing Authentication Token");
    }

    @Test
    void halfASignatureIsRefused() {
        ApiRequest request = signed(unsigned(PATH), "{}", "AKID", "secret", "lambda");
        Map<String, List<String>> headers = new HashMap<>(request.headers());
        headers.remove("x-amz-date");

        refuses(
                signatures,
                new ApiRequest("POST", PATH, Map.of(), headers, request.body()),
                ApiError.INCOMPLETE_SIGNATURE,
                "X-Amz-Date");
        refuses(
                signatures,
                with(request, "authorization", "Basic YTpi"),
                ApiError.INCOMPLETE_SIGNATURE,
                "AWS4-HMAC-SHA256");
        refuses(signatures, with(request, "x-amz-date", "today"), ApiError.INCOMPLETE_SIGNATURE, "X-Amz-Date");
    }

    @Test
    void aSignatureThatLeavesOutTheHostIsRefused() {
        ApiRequest request = signed(unsigned(PATH), "{}", "AKID", "secret", "lambda");
        String without = request.header("authorization").replace("host;", "");

        refuses(with(request, "authorization", without), "not signed: host");
    }

    private void refuses(ApiRequest request, String said) {
        refuses(signatures, request, ApiError.WRONG_SIGNATURE, said);
    }

    private static void refuses(Signatures signatures, ApiRequest request, ApiError error, String said) {
        assertThatExceptionOfType(ApiException.class)
                .isThrownBy(() -> signatures.verify(request))
                .withMessageContaining(said)
                .satisfies(thrown -> assertThat(thrown.error()).isEqualTo(error));
    }

    private static ApiRequest with(ApiRequest request, String header, String value) {
        Map<String, List<String>> headers = new HashMap<>(request.headers());
        headers.put(header, List.of(value));
        return new ApiRequest(request.method(), request.path(), request.query(), headers, request.body());
    }

    private static SdkHttpRequest.Builder unsigned(String encodedPath) {
        return SdkHttpRequest.builder()
                .method(SdkHttpMethod.POST)
                .protocol("http")
                .host("127.0.0.1")
                .port(9877)
                .encodedPath(encodedPath)
                .putHeader("Content-Type", "application/json")
                .putHeader("x-amz-note", "  two   spaces ");
    }

    private static ApiRequest signed(
            SdkHttpRequest.Builder unsigned, String body, String keyId, String secret, String service) {
        return signed(unsigned, body, keyId, secret, service, true);
    }

    private static ApiRequest signed(
            SdkHttpRequest.Builder unsigned,
            String body,
            String keyId,
            String secret,
            String service,
            boolean withPayload) {
        SdkHttpRequest request = AwsV4HttpSigner.create()
                .sign(sign -> sign.identity(AwsCredentialsIdentity.create(keyId, secret))
                        .request(unsigned.build())
                        .payload(ContentStreamProvider.fromUtf8String(body))
                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, service)
                        .putProperty(AwsV4HttpSigner.REGION_NAME, "us-east-1")
                        .putProperty(AwsV4HttpSigner.PAYLOAD_SIGNING_ENABLED, withPayload)
                        .putProperty(HttpSigner.SIGNING_CLOCK, Clock.fixed(NOW, ZoneOffset.UTC)))
                .request();
        Map<String, List<String>> headers = new HashMap<>();
        request.forEachHeader((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), new ArrayList<>(values)));
        String query = request.encodedQueryParameters().map(text -> "?" + text).orElse("");
        return ApiRequest.of(
                "POST", request.encodedPath() + query, headers, SdkBytes.fromString(body, StandardCharsets.UTF_8));
    }
}
