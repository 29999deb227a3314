package dev.kafila.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.GetFunctionResponse;
import software.amazon.awssdk.services.lambda.model.InvocationType;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;
import software.amazon.awssdk.services.lambda.model.LambdaException;
import software.amazon.awssdk.services.lambda.model.State;

/** GetFunction and the Runtime API as Lambda has them, by a client of AWS on one side and plain HTTP on the other. */
@Timeout(60)
class SandboxRuntimeTest {
    private final SandboxAws aws = SandboxAws.start();
    private final SandboxFunction orders = aws.function("orders");
    private final SandboxRuntime runtime = aws.runtime("orders");
    /** As the runtimes do: an upgrade to HTTP/2 is none of theirs. */
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final LambdaClient client = LambdaClient.builder()
            .endpointOverride(aws.endpoint())
            .region(Region.EU_WEST_1)
            .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIDSANDBOX", "secret")))
            .httpClientBuilder(ApacheHttpClient.builder())
            .overrideConfiguration(override -> override.retryStrategy(AwsRetryStrategy.doNotRetry()))
            .build();

    @AfterEach
    void close() {
        client.close();
        aws.close();
    }

    @Test
    void aProcessThatWaitsGetsTheInvocationAndItsResponseIsTheAnswer() throws Exception {
        CompletableFuture<HttpResponse<String>> next = next();
        CompletableFuture<InvokeResponse> answer = invoke("{\"a\":1}");

        HttpResponse<String> work = next.get(20, TimeUnit.SECONDS);
        assertThat(work.body()).isEqualTo("{\"a\":1}");
        assertThat(work.headers().firstValue("Lambda-Runtime-Invoked-Function-Arn"))
                .hasValue("arn:aws:lambda:eu-west-1:000000000000:function:orders");
        assertThat(work.headers().firstValueAsLong("Lambda-Runtime-Deadline-Ms").getAsLong())
                .isGreaterThan(System.currentTimeMillis());
        assertThat(orders.inFlight()).isEqualTo(1);
        assertThat(post(requestId(work) + "/response", "{\"é\":2}").statusCode())
                .isEqualTo(202);

        assertThat(answer.get(20, TimeUnit.SECONDS).payload().asUtf8String()).isEqualTo("{\"é\":2}");
        assertThat(orders.deliveredCount()).isEqualTo(1);
        await().until(() -> orders.inFlight() == 0);
    }

    @Test
    void anInvocationWaitsForAProcess() throws Exception {
        CompletableFuture<InvokeResponse> answer = invoke("1");
        await().until(() -> orders.inFlight() == 1);

        post(requestId(next().get(20, TimeUnit.SECONDS)) + "/response", "2");

        assertThat(answer.get(20, TimeUnit.SECONDS).payload().asUtf8String()).isEqualTo("2");
    }

    @Test
    void anErrorOfTheFunctionIsUnhandledWithItsBody() throws Exception {
        CompletableFuture<InvokeResponse> answer = invoke("1");

        post(requestId(next().get(20, TimeUnit.SECONDS)) + "/error", "{\"errorMessage\":\"no\"}");

        assertThat(answer.get(20, TimeUnit.SECONDS).functionError()).isEqualTo("Unhandled");
        assertThat(answer.get().payload().asUtf8String()).isEqualTo("{\"errorMessage\":\"no\"}");
        assertThat(answer.get().statusCode()).isEqualTo(200);
        assertThat(orders.deliveredCount()).isZero();
    }

    @Test
    void aFunctionThatTakesTooLongTimesOutAndItsAnswerIsTooLate() throws Exception {
        orders.configure(FunctionConfiguration.DEFAULT.withTimeout(Duration.ofMillis(300)));
        CompletableFuture<InvokeResponse> answer = invoke("1");
        HttpResponse<String> work = next().get(20, TimeUnit.SECONDS);

        assertThat(answer.get(20, TimeUnit.SECONDS).functionError()).isEqualTo("Unhandled");
        assertThat(answer.get().payload().asUtf8String()).contains("Task timed out after 0.30 seconds");
        assertThat(post(requestId(work) + "/response", "2").body()).contains("InvalidRequestID");
    }

    @Test
    void aResponseThatIsTooLargeIsAnErrorOfTheFunction() throws Exception {
        CompletableFuture<InvokeResponse> answer = invoke("1");
        HttpResponse<String> work = next().get(20, TimeUnit.SECONDS);

        String large = "\"" + "x".repeat(LambdaProtocol.SYNC_LIMIT - 1) + "\"";
        assertThat(post(requestId(work) + "/response", large).statusCode()).isEqualTo(413);

        assertThat(answer.get(20, TimeUnit.SECONDS).payload().asUtf8String())
                .contains("Function.ResponseSizeTooLarge", "6291556 bytes");
    }

    @Test
    void aProcessThatCannotStartIsAnErrorOfEveryInvocation() throws Exception {
        CompletableFuture<InvokeResponse> waiting = invoke("1");
        await().until(() -> orders.inFlight() == 1);

        post("init/error", "{\"errorType\":\"Runtime.ImportModuleError\"}");

        assertThat(waiting.get(20, TimeUnit.SECONDS).payload().asUtf8String()).contains("ImportModuleError");
        assertThat(invoke("1").get(20, TimeUnit.SECONDS).functionError()).isEqualTo("Unhandled");
    }

    @Test
    void anEventIsAnsweredAtOnceAndServedLater() throws Exception {
        InvokeResponse answer = client.invoke(request -> request.functionName("orders")
                .invocationType(InvocationType.EVENT)
                .payload(SdkBytes.fromUtf8String("1")));

        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(next().get(20, TimeUnit.SECONDS).body()).isEqualTo("1");
    }

    @Test
    void anAnswerThatATestAsksForComesFirst() throws Exception {
        orders.answers(Answer.ok("\"told\""));

        assertThat(invoke("1").get(20, TimeUnit.SECONDS).payload().asUtf8String())
                .isEqualTo("\"told\"");
        assertThat(orders.deliveredCount()).isEqualTo(1);
    }

    @Test
    void whenTheRuntimeIsClosedTheFunctionAnswersByItself() throws Exception {
        runtime.close();

        assertThat(invoke("1").get(20, TimeUnit.SECONDS).payload().asUtf8String())
                .isEqualTo("null");
    }

    @Test
    void getFunctionTellsHowLongItRunsAndInWhichStateItIs() {
        orders.configure(new FunctionConfiguration(Duration.ofMinutes(15), "Failed", "InvalidSubnet"));

        GetFunctionResponse told =
                client.getFunction(request -> request.functionName("orders").qualifier("live"));

        assertThat(told.configuration().timeout()).isEqualTo(900);
        assertThat(told.configuration().state()).isEqualTo(State.FAILED);
        assertThat(told.configuration().stateReasonCodeAsString()).isEqualTo("InvalidSubnet");
        assertThat(orders.count()).isZero();
    }

    @Test
    void getFunctionMayBeDeniedAndTheFunctionMayBeMissing() {
        orders.answersGetFunctionWith(Answer.status(403, "AccessDeniedException"));
        aws.declareFunctions();

        for (String[] expected : new String[][] {{"orders", "403"}, {"missing", "404"}}) {
            assertThatThrownBy(() -> client.getFunction(request -> request.functionName(expected[0])))
                    .isInstanceOfSatisfying(LambdaException.class, refused -> assertThat(refused.statusCode())
                            .isEqualTo(Integer.parseInt(expected[1])));
        }
    }

    private CompletableFuture<InvokeResponse> invoke(String payload) {
        // On a thread of its own: the common pool may have one, which the answers of the HTTP client come by as well.
        return CompletableFuture.supplyAsync(
                () -> client.invoke(
                        request -> request.functionName("orders").payload(SdkBytes.fromUtf8String(payload))),
                task -> new Thread(task).start());
    }

    private CompletableFuture<HttpResponse<String>> next() {
        return http.sendAsync(HttpRequest.newBuilder(uri("invocation/next")).build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> post(String path, String body) throws Exception {
        return http.send(
                HttpRequest.newBuilder(uri(path))
                        .POST(BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }

    private URI uri(String path) {
        return URI.create("http://" + runtime.address() + "/2018-06-01/runtime/" + path);
    }

    private static String requestId(HttpResponse<String> next) {
        return "invocation/"
                + next.headers().firstValue("Lambda-Runtime-Aws-Request-Id").orElseThrow();
    }
}
