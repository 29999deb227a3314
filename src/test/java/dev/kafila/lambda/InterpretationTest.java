package dev.kafila.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.kafila.aws.AwsFailure;
import dev.kafila.aws.AwsFailure.Fault;
import dev.kafila.delivery.Outcome;
import dev.kafila.delivery.Outcome.Configuration;
import dev.kafila.delivery.Outcome.Delivered;
import dev.kafila.delivery.Outcome.Permanent;
import dev.kafila.delivery.Outcome.Retry;
import dev.kafila.delivery.Outcome.Split;
import dev.kafila.failure.FailureKind;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.services.lambda.model.LambdaException;
import software.amazon.awssdk.utils.StringInputStream;

class InterpretationTest {
    private static final Set<Integer> RETRY_STATUS = Set.of(500, 502, 503, 504);

    @ParameterizedTest
    @ValueSource(ints = {200, 202, 204})
    void anAnswerWithoutFunctionErrorIsADelivery(int status) {
        assertThat(interpret(LambdaAnswer.answered(status, null, ""))).isEqualTo(new Delivered());
        assertThat(interpret(LambdaAnswer.answered(status, "", ""))).isEqualTo(new Delivered());
    }

    @ParameterizedTest
    @ValueSource(strings = {"Handled", "Unhandled", "SomethingNew"})
    void aFunctionErrorIsAFailureWhateverTheStatus(String functionError) {
        assertThat(interpret(LambdaAnswer.answered(200, functionError, "")))
                .isEqualTo(new Retry(FailureKind.FUNCTION_ERROR, functionError, null));
    }

    @ParameterizedTest
    @CsvSource({
        "500, ServiceException",
        "502, EC2ThrottledException",
        "502, EC2UnexpectedException",
        "502, ENILimitReachedException",
        "502, ResourceNotReadyException",
        "503, ServiceUnavailable",
        "504, GatewayTimeout",
        "408, EFSMountTimeoutException",
        "408, EFSMountConnectivityException",
        "410, EFSIOException",
        "409, ResourceConflictException",
        "409, SnapStartNotReadyException"
    })
    void whatMayPassIsRetried(int status, String error) {
        assertThat(interpret(refused(status, error)))
                .isEqualTo(new Retry(FailureKind.TRANSIENT, error + " " + status, null));
    }

    @ParameterizedTest
    @CsvSource({"429, TooManyRequestsException", "400, ThrottlingException", "503, RequestLimitExceeded", "429, ''"})
    void aThrottleIsAThrottleByItsCodeOrItsStatus(int status, String error) {
        assertThat(interpret(refused(status, error)))
                .isInstanceOfSatisfying(
                        Retry.class, retry -> assertThat(retry.kind()).isEqualTo(FailureKind.THROTTLE));
    }

    @ParameterizedTest
    @CsvSource({"413, RequestTooLargeException", "413, ''", "400, RequestTooLargeException"})
    void aTooLargeRequestIsSplit(int status, String error) {
        assertThat(interpret(refused(status, error))).isInstanceOf(Split.class);
    }

    @ParameterizedTest
    @CsvSource({
        "400, InvalidRequestContentException",
        "400, InvalidParameterValueException",
        "415, UnsupportedMediaTypeException",
        "418, ''",
        "501, NotImplemented"
    })
    void whatIsRefusedForGoodIsPermanent(int status, String error) {
        assertThat(interpret(refused(status, error))).isInstanceOf(Permanent.class);
    }

    @ParameterizedTest
    @CsvSource({
        "403, AccessDeniedException",
        "403, ExpiredTokenException",
        "400, ExpiredTokenException",
        "403, UnrecognizedClientException",
        "400, UnrecognizedClientException",
        "403, InvalidSignatureException",
        "403, ''",
        "401, ''",
        "404, ResourceNotFoundException",
        "404, ''",
        "407, ''",
        "302, ''",
        "502, KMSAccessDeniedException",
        "502, KMSDisabledException",
        "502, KMSInvalidStateException",
        "500, KMSNotFoundException",
        "502, SubnetIPAddressLimitReachedException",
        "502, InvalidSubnetIDException",
        "502, InvalidSecurityGroupIDException",
        "502, InvalidZipFileException",
        "502, InvalidRuntimeException",
        "502, EC2AccessDeniedException"
    })
    void whatSomebodyHasToPutRightIsConfiguration(int status, String error) {
        assertThat(interpret(refused(status, error))).isInstanceOf(Configuration.class);
    }

    @Test
    void theRetryStatusesReplaceTheTransientOnesButNotThrottlesNorBrokenConnections() {
        Set<Integer> only503And404 = Set.of(503, 404);

        assertThat(Interpretation.of(refused(404, "ResourceNotFoundException"), only503And404))
                .isInstanceOf(Retry.class);
        assertThat(Interpretation.of(refused(503, ""), only503And404)).isInstanceOf(Retry.class);
        assertThat(Interpretation.of(refused(500, "ServiceException"), only503And404))
                .isInstanceOf(Permanent.class);
        assertThat(Interpretation.of(refused(429, ""), only503And404)).isInstanceOf(Retry.class);
        assertThat(Interpretation.of(thrown(new IOException("reset")), only503And404))
                .isInstanceOf(Retry.class);
        assertThat(Interpretation.of(refused(413, ""), Set.of(413))).isInstanceOf(Split.class);
    }

    @ParameterizedTest
    @CsvSource({"7, 7", "0, 0", "' 30 ', 30", "99999, 900"})
    void theWaitThatAwsAsksForIsRead(String header, long seconds) {
        assertThat(interpret(throttled(header)))
                .isEqualTo(
                        new Retry(FailureKind.THROTTLE, "TooManyRequestsException 429", Duration.ofSeconds(seconds)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "soon", "-1", "1.5", "Wed, 21 Oct 2026 07:28:00 GMT", "99999999999999999999"})
    void aWaitThatIsNoNumberOfSecondsIsLeftToTheBackoff(String header) {
        assertThat(interpret(throttled(header)))
                .isEqualTo(new Retry(FailureKind.THROTTLE, "TooManyRequestsException 429", null));
    }

    @ParameterizedTest
    @MethodSource
    void aBrokenConnectionOrATimeoutIsRetried(Throwable thrown) {
        assertThat(interpret(thrown(thrown))).isInstanceOfSatisfying(Retry.class, retry -> assertThat(retry.kind())
                .isEqualTo(FailureKind.TRANSIENT));
    }

    static Stream<Throwable> aBrokenConnectionOrATimeoutIsRetried() {
        return Stream.of(
                ApiCallTimeoutException.create(1000),
                ApiCallAttemptTimeoutException.create(1000),
                client("Unable to execute HTTP request: Connection refused", new ConnectException()),
                client("Unable to execute HTTP request", new SocketTimeoutException()),
                client("Unable to execute HTTP request", new UnknownHostException("credentials.example")),
                client("Unable to unmarshall response", new EOFException()),
                client("Unable to unmarshall response", null),
                AbortedException.create("Thread was interrupted"),
                new UncheckedIOException(new IOException("reset")),
                new NullPointerException());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Unable to load credentials from any of the providers in the chain AwsCredentialsProviderChain(...)",
                "Profile file contained no credentials for profile 'kafila': ProfileFile(sections=[])"
            })
    void missingCredentialsAreConfiguration(String message) {
        assertThat(interpret(thrown(client(message, null)))).isInstanceOf(Configuration.class);
    }

    @Test
    void theProfileThatIsMissingInARealSdkIsConfiguration() {
        SdkClientException thrown =
                catchThrowableOfType(SdkClientException.class, () -> ProfileCredentialsProvider.builder()
                        .profileFile(ProfileFile.builder()
                                .content(new StringInputStream(""))
                                .type(ProfileFile.Type.CREDENTIALS)
                                .build())
                        .profileName("nobody")
                        .build()
                        .resolveCredentials());

        assertThat(interpret(thrown(thrown))).isInstanceOf(Configuration.class);
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void whateverIsMissingAnAnswerIsNoDelivery(Fault fault) {
        assertThat(interpret(LambdaAnswer.failed(new AwsFailure(fault, 0, "", null, "", new IOException()))))
                .isNotInstanceOf(Delivered.class);
    }

    @Property(tries = 2000)
    void everyAnswerHasAnOutcomeAndOnlyASuccessIsADelivery(@ForAll("anyAnswer") LambdaAnswer answer) {
        Outcome outcome = interpret(answer);

        assertThat(outcome).isNotNull();
        if (outcome instanceof Delivered) {
            assertThat(answer.functionError()).isEmpty();
            assertThat(answer.failure()).isNull();
        }
    }

    @Test
    void noStatusOutsideTheTwoHundredsIsADelivery() {
        assertThat(IntStream.rangeClosed(-1, 999).filter(status -> status < 200 || status > 299))
                .allSatisfy(status -> {
                    assertThat(interpret(refused(status, ""))).isNotInstanceOf(Delivered.class);
                    assertThat(interpret(LambdaAnswer.answered(status, "", ""))).isNotInstanceOf(Delivered.class);
                });
    }

    @Provide
    Arbitrary<LambdaAnswer> anyAnswer() {
        Arbitrary<String> texts = Arbitraries.of(
                "", "Handled", "AccessDeniedException", "KMSx", "RequestTooLargeException", "Throttling", "Other");
        return Combinators.combine(
                        Arbitraries.of(Fault.class), Arbitraries.integers().between(-1, 999), texts, texts)
                .as((fault, status, error, functionError) -> fault == Fault.NONE && error.isEmpty()
                        ? LambdaAnswer.answered(status, functionError, "")
                        : LambdaAnswer.failed(new AwsFailure(fault, status, error, null, "", new IOException())));
    }

    private static Outcome interpret(LambdaAnswer answer) {
        return Interpretation.of(answer, RETRY_STATUS);
    }

    private static LambdaAnswer refused(int status, String error) {
        return LambdaAnswer.failed(new AwsFailure(Fault.NONE, status, error, null, "", new IOException()));
    }

    private static LambdaAnswer thrown(Throwable thrown) {
        return LambdaAnswer.failed(AwsFailure.of(thrown));
    }

    private static LambdaAnswer throttled(String retryAfter) {
        return thrown(LambdaException.builder()
                .statusCode(429)
                .awsErrorDetails(AwsErrorDetails.builder()
                        .errorCode("TooManyRequestsException")
                        .sdkHttpResponse(SdkHttpResponse.builder()
                                .statusCode(429)
                                .putHeader("Retry-After", retryAfter)
                                .build())
                        .build())
                .build());
    }

    private static SdkClientException client(String message, Throwable cause) {
        return SdkClientException.builder().message(message).cause(cause).build();
    }
}
