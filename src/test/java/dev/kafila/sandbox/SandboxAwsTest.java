package dev.kafila.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.net.ConnectException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.http.ConnectionClosedException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.InvocationType;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;
import software.amazon.awssdk.services.lambda.model.LambdaException;
import software.amazon.awssdk.services.lambda.model.LogType;
import software.amazon.awssdk.services.lambda.model.RequestTooLargeException;
import software.amazon.awssdk.services.lambda.model.ResourceNotFoundException;
import software.amazon.awssdk.services.lambda.model.TooManyRequestsException;

/** Everything through the real client: what AWS would cause, the sandbox causes. */
@Timeout(60)
class SandboxAwsTest {
    private static final AwsCredentialsProvider KEYS =
            StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIDSANDBOX", "secret"));

    private final SandboxAws aws = SandboxAws.start();
    private final SandboxFunction orders = aws.function("orders");
    private final List<LambdaClient> clients = new ArrayList<>();
    private LambdaClient client;

    @BeforeEach
    void connect() {
        client = client(KEYS, Duration.ofSeconds(20));
    }

    @AfterEach
    void close() {
        clients.forEach(LambdaClient::close);
        aws.close();
    }

    @Test
    void keepsWhatAFunctionReceivedAndAnswersAsItsReturnValue() {
        orders.answers(Answer.ok("{\"stored\":1}"));

        InvokeResponse response =
                client.invoke(request -> request.functionName("orders").payload(json("[\"é\"]")));

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.payload().asUtf8String()).isEqualTo("{\"stored\":1}");
        assertThat(response.executedVersion()).isEqualTo("$LATEST");
        assertThat(response.functionError()).isNull();
        assertThat(response.responseMetadata().requestId())
                .isEqualTo(orders.received().get(0).requestId());
        assertThat(orders.delivered()).extracting(Invocation::text).containsExactly("[\"é\"]");
        assertThat(orders.received().get(0).signature().accessKeyId()).isEqualTo("AKIDSANDBOX");
    }

    @ParameterizedTest
    @CsvSource({
        "orders, , ",
        "orders:live, live, ",
        "arn:aws:lambda:eu-central-1:123456789012:function:orders, , ",
        "arn:aws:lambda:eu-central-1:123456789012:function:orders:7, 7, ",
        "123456789012:function:orders, , ",
        "orders, green, green",
    })
    void everyFormOfNameReachesTheFunction(String name, String qualifier, String asked) {
        client.invoke(request ->
                request.functionName(name).qualifier(asked).payload(json("{}")).build());

        assertThat(orders.received()).extracting(Invocation::qualifier).containsExactly(qualifier);
    }

    @Test
    void anEventIsAcceptedWithoutABody() {
        InvokeResponse response = invoke(InvocationType.EVENT);

        assertThat(response.statusCode()).isEqualTo(202);
        assertThat(response.payload().asByteArray()).isEmpty();
        assertThat(orders.received()).extracting(Invocation::type).containsExactly("Event");
    }

    @Test
    void aDryRunRunsNothingAndUsesUpNoAnswer() {
        orders.answers(Answer.functionError("Handled"));

        assertThat(invoke(InvocationType.DRY_RUN).statusCode()).isEqualTo(204);
        orders.answersDryRunsWith(Answer.status(403, "AccessDeniedException"));
        assertThatThrownBy(() -> invoke(InvocationType.DRY_RUN)).isInstanceOf(LambdaException.class);

        assertThat(orders.dryRuns()).hasSize(2);
        assertThat(orders.count()).isZero();
        assertThat(invoke().functionError()).isEqualTo("Handled");
    }

    @Test
    void theTailOfTheLogComesWhenAskedFor() {
        InvokeResponse response = client.invoke(
                request -> request.functionName("orders").logType(LogType.TAIL).payload(json("{}")));

        assertThat(new String(Base64.getDecoder().decode(response.logResult()), UTF_8))
                .contains("START RequestId: " + orders.received().get(0).requestId());
    }

    @Test
    void aThrottleCarriesRetryAfterAndReason() {
        orders.answers(Answer.throttle(Duration.ofSeconds(3)));

        TooManyRequestsException thrown = catchThrowableOfType(TooManyRequestsException.class, this::invoke);

        assertThat(thrown.statusCode()).isEqualTo(429);
        assertThat(thrown.retryAfterSeconds()).isEqualTo("3");
        assertThat(thrown.reasonAsString()).isEqualTo("ReservedFunctionConcurrentInvocationLimitExceeded");
        assertThat(orders.count()).isEqualTo(1);
        assertThat(orders.deliveredCount()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "500, ServiceException",
        "502, EC2ThrottledException",
        "502, ENILimitReachedException",
        "502, ResourceNotReadyException",
        "503, ServiceUnavailable",
        "504, GatewayTimeout",
        "408, EFSMountTimeoutException",
        "410, EFSMountFailureException",
        "409, ResourceConflictException",
        "409, SnapStartNotReadyException",
        "400, InvalidParameterValueException",
        "415, UnsupportedMediaTypeException",
        "403, AccessDeniedException",
        "403, ExpiredTokenException",
        "403, UnrecognizedClientException",
        "502, KMSAccessDeniedException",
        "502, SubnetIPAddressLimitReachedException",
    })
    void anErrorIsSeenWithItsStatusAndType(int status, String type) {
        orders.answers(Answer.status(status, type));

        LambdaException thrown = catchThrowableOfType(LambdaException.class, this::invoke);

        assertThat(thrown.statusCode()).isEqualTo(status);
        assertThat(thrown.awsErrorDetails().errorCode()).isEqualTo(type);
        assertThat(invoke().statusCode()).isEqualTo(200);
    }

    @Test
    void aFunctionErrorIsASuccessfulAnswerThatSaysSo() {
        orders.answers(Answer.functionError("Unhandled"));

        InvokeResponse response = invoke();

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.functionError()).isEqualTo("Unhandled");
        assertThat(response.payload().asUtf8String()).contains("errorMessage");
        assertThat(orders.deliveredCount()).isZero();
    }

    @Test
    void brokenConnectionsAreSeenAsWhatTheyAre() {
        orders.answers(Answer.reset(), Answer.truncated());

        assertThatThrownBy(this::invoke)
                .isInstanceOf(SdkClientException.class)
                .hasRootCauseInstanceOf(SocketException.class)
                .hasRootCauseMessage("Connection reset");
        assertThat(catchThrowable(this::invoke))
                .isInstanceOf(SdkClientException.class)
                .hasRootCauseInstanceOf(ConnectionClosedException.class);
        Awaitility.await().until(() -> orders.inFlight() == 0);
    }

    @Test
    void aHangingAnswerRunsIntoTheClientsTimeout() {
        LambdaClient impatient = client(KEYS, Duration.ofMillis(300));
        orders.answers(Answer.hang());

        assertThatThrownBy(() -> impatient.invoke(request -> request.functionName("orders")))
                .hasRootCauseInstanceOf(SocketTimeoutException.class);

        Awaitility.await().until(() -> orders.inFlight() == 0);
    }

    @Test
    void aSlowAnswerIsGivenAfterItsDelay() {
        orders.answers(Answer.slow(Duration.ofMillis(300)));
        long start = System.nanoTime();

        assertThat(invoke().statusCode()).isEqualTo(200);

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(300));
    }

    @Test
    void requestsThatWaitTogetherAreCounted() {
        ExecutorService callers = Executors.newFixedThreadPool(3);
        orders.byDefault(Answer.hang());

        List<CompletableFuture<InvokeResponse>> calls = new ArrayList<>();
        for (int call = 0; call < 3; call++) {
            calls.add(CompletableFuture.supplyAsync(this::invoke, callers));
        }

        Awaitility.await().until(() -> orders.inFlight() == 3);
        aws.stop();
        assertThat(calls).allSatisfy(call -> assertThat(call).failsWithin(Duration.ofSeconds(10)));
        assertThat(orders.maxInFlight()).isEqualTo(3);
        // The client sees its connections end before the endpoint has counted them.
        Awaitility.await().until(() -> orders.inFlight() == 0);
        callers.shutdown();
    }

    @Test
    void aStoppedEndpointRefusesConnectionsUntilItIsBack() {
        aws.stop();
        assertThatThrownBy(this::invoke).hasRootCauseInstanceOf(ConnectException.class);

        aws.restart();
        assertThat(invoke().statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({"REQUEST_RESPONSE, 6291556", "EVENT, 1048576"})
    void aPayloadAtTheLimitPassesAndOneByteMoreIsTooLarge(InvocationType type, int limit) {
        String atLimit = "\"" + "x".repeat(limit - 2) + "\"";

        client.invoke(
                request -> request.functionName("orders").invocationType(type).payload(json(atLimit)));
        assertThatThrownBy(() -> client.invoke(request ->
                        request.functionName("orders").invocationType(type).payload(json(atLimit + " "))))
                .isInstanceOf(RequestTooLargeException.class);

        assertThat(orders.count()).isEqualTo(2);
        assertThat(orders.deliveredCount()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"{\"a\":", "{} {}", "plain text", "[1,]"})
    void aPayloadThatIsNotJsonIsRefused(String payload) {
        LambdaException thrown = catchThrowableOfType(
                LambdaException.class,
                () -> client.invoke(request -> request.functionName("orders").payload(json(payload))));

        assertThat(thrown.statusCode()).isEqualTo(400);
        assertThat(thrown.awsErrorDetails().errorCode()).isEqualTo("InvalidRequestContentException");
        assertThat(orders.deliveredCount()).isZero();
    }

    @Test
    void onlyDeclaredFunctionsExistOnceOneIsDeclared() {
        aws.declareFunctions("invoices");

        assertThatThrownBy(() -> client.invoke(request -> request.functionName("no-such-function")))
                .isInstanceOf(ResourceNotFoundException.class)
                .hasMessageContaining("Function not found");
        assertThat(invoke().statusCode()).isEqualTo(200);
    }

    @Test
    void anUnsignedRequestIsRefused() {
        LambdaClient unsigned = client(AnonymousCredentialsProvider.create(), Duration.ofSeconds(5));

        LambdaException thrown = catchThrowableOfType(
                LambdaException.class, () -> unsigned.invoke(request -> request.functionName("orders")));

        assertThat(thrown.statusCode()).isEqualTo(403);
        assertThat(thrown.awsErrorDetails().errorCode()).isEqualTo("MissingAuthenticationTokenException");
    }

    @Test
    void theSessionTokenOfTheCallerIsKeptAndNeverPrinted() {
        AwsSessionCredentials session = AwsSessionCredentials.create("ASIA1", "secret", "the-token");

        client(StaticCredentialsProvider.create(session), Duration.ofSeconds(5))
                .invoke(request -> request.functionName("orders"));

        Signature signature = orders.received().get(0).signature();
        assertThat(signature.sessionToken()).isEqualTo("the-token");
        assertThat(signature.toString()).doesNotContain("the-token");
    }

    @Test
    void rulesComeBeforeTheScriptAndTheScriptBeforeTheDefault() {
        orders.answersWhen(invocation -> invocation.text().contains("poison"), Answer.functionError("Handled"));
        orders.answers(Answer.ok("1"), Answer.ok("2"));
        orders.byDefault(Answer.ok("\"default\""));

        assertThat(invoke("\"poison\"").functionError()).isEqualTo("Handled");
        assertThat(List.of(returned(), returned(), returned())).containsExactly("1", "2", "\"default\"");
        orders.answersNormally();
        assertThat(returned()).isEqualTo("null");
    }

    @Test
    void everyNthRequestFailsCountedFromTheCall() {
        invoke();
        orders.everyNth(2, Answer.functionError("Unhandled"));

        assertThat(List.of(failed(), failed(), failed(), failed())).containsExactly(false, true, false, true);
    }

    @Test
    void onlyTheLatestRequestsAreKeptAndAllAreCounted() {
        orders.keepsAtMost(2);

        for (String payload : List.of("1", "2", "3")) {
            invoke(payload);
        }

        assertThat(orders.received()).extracting(Invocation::text).containsExactly("2", "3");
        assertThat(orders.count()).isEqualTo(3);
        aws.reset();
        assertThat(orders.received()).isEmpty();
        assertThat(orders.count()).isZero();
    }

    private boolean failed() {
        return invoke().functionError() != null;
    }

    private String returned() {
        return invoke().payload().asUtf8String();
    }

    private InvokeResponse invoke() {
        return invoke("{}");
    }

    private InvokeResponse invoke(String payload) {
        return client.invoke(request -> request.functionName("orders").payload(json(payload)));
    }

    private InvokeResponse invoke(InvocationType type) {
        return client.invoke(
                request -> request.functionName("orders").invocationType(type).payload(json("{}")));
    }

    private LambdaClient client(AwsCredentialsProvider credentials, Duration timeout) {
        LambdaClient made = LambdaClient.builder()
                .endpointOverride(aws.endpoint())
                .region(Region.EU_CENTRAL_1)
                .credentialsProvider(credentials)
                .httpClientBuilder(ApacheHttpClient.builder().socketTimeout(timeout))
                .overrideConfiguration(config -> config.retryStrategy(AwsRetryStrategy.doNotRetry()))
                .build();
        clients.add(made);
        return made;
    }

    private static SdkBytes json(String text) {
        return SdkBytes.fromUtf8String(text);
    }
}
