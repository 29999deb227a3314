package dev.kafila.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.LambdaException;
import software.amazon.awssdk.services.s3.model.S3Exception;

@Timeout(60)
class AwsClientsTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    @Test
    void aFailedCallIsOneRequest() throws Exception {
        try (var aws = LoopbackHttp.answering(500, "{}");
                var client = AwsClients.lambda(settings(aws, Map.of()), TIMEOUT, 1)) {

            assertThatThrownBy(() -> invoke(client)).isInstanceOf(LambdaException.class);

            assertThat(aws.requests).hasSize(1);
        }
    }

    @Test
    void aThrottledCallIsOneRequest() throws Exception {
        try (var aws = LoopbackHttp.answering(429, "{}");
                var client = AwsClients.lambda(settings(aws, Map.of()), TIMEOUT, 1)) {

            assertThatThrownBy(() -> invoke(client)).isInstanceOf(LambdaException.class);

            assertThat(aws.requests).hasSize(1);
        }
    }

    @Test
    void anObjectIsPutWithOneRequestThatHasTheBucketInItsPath() throws Exception {
        try (var aws = LoopbackHttp.answering(503, "<Error/>");
                var client = AwsClients.s3(settings(aws, Map.of()), TIMEOUT, 1)) {

            assertThatThrownBy(
                            () -> client.putObject(put -> put.bucket("claims").key("k"), RequestBody.fromString("{}")))
                    .isInstanceOf(S3Exception.class);

            assertThat(aws.onlyRequest().target()).isEqualTo("/claims/k");
        }
    }

    @Test
    void aCallThatIsNotAnsweredEndsAfterTheTimeout() throws Exception {
        var over = new CountDownLatch(1);
        try (var aws = new LoopbackHttp(request -> waitFor(over));
                var client = AwsClients.lambda(settings(aws, Map.of()), Duration.ofMillis(300), 1)) {
            long start = System.nanoTime();

            assertThatThrownBy(() -> invoke(client)).isInstanceOf(ApiCallTimeoutException.class);

            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .isBetween(Duration.ofMillis(300), Duration.ofSeconds(10));
            assertThat(aws.requests).hasSize(1);
            over.countDown();
        }
    }

    @Test
    void ofACallThatIsAnsweredNothingIsKeptUntilItsTimeout() throws Exception {
        List<Integer> during = new CopyOnWriteArrayList<>();
        try (var aws = new LoopbackHttp(request -> {
                    during.add(CallTimer.SHARED.getQueue().size());
                    return new LoopbackHttp.Answer(200, "{}");
                });
                var client = AwsClients.lambda(settings(aws, Map.of()), Duration.ofMinutes(15), 1)) {

            for (int call = 0; call < 20; call++) {
                invoke(client);
            }

            assertThat(during).hasSize(20).containsOnly(1);
            assertThat(CallTimer.SHARED.getQueue()).isEmpty();
        }
    }

    @Test
    void aClientThatIsClosedLeavesTheTimerToTheOthers() throws Exception {
        var over = new CountDownLatch(1);
        try (var aws = new LoopbackHttp(request -> waitFor(over))) {
            AwsClients.lambda(settings(aws, Map.of()), TIMEOUT, 1).close();
            try (var client = AwsClients.lambda(settings(aws, Map.of()), Duration.ofMillis(300), 1)) {
                assertThatThrownBy(() -> invoke(client)).isInstanceOf(ApiCallTimeoutException.class);
            }
            over.countDown();
        }
    }

    @Test
    void theRequestIsSentWithoutAskingFirst() throws Exception {
        try (var aws = LoopbackHttp.answering(200, "{}");
                var client = AwsClients.lambda(settings(aws, Map.of()), TIMEOUT, 1)) {

            invoke(client);

            assertThat(aws.onlyRequest().headers()).doesNotContainKey("Expect");
        }
    }

    @Test
    void aConnectionIsUsedAgain() throws Exception {
        try (var aws = LoopbackHttp.answering(200, "{}");
                var client = AwsClients.lambda(settings(aws, Map.of()), TIMEOUT, 4)) {

            invoke(client);
            invoke(client);

            assertThat(aws.requests.stream().map(LoopbackHttp.Request::port).distinct())
                    .hasSize(1);
        }
    }

    @Test
    void asManyCallsAreOutAsThereAreConnections() throws Exception {
        int connections = 60;
        var arrived = new CountDownLatch(connections);
        ExecutorService threads = Executors.newFixedThreadPool(connections);
        try (var aws = new LoopbackHttp(request -> {
                    arrived.countDown();
                    return waitFor(arrived);
                });
                var client = AwsClients.lambda(settings(aws, Map.of()), TIMEOUT, connections)) {

            List<Future<?>> calls = new ArrayList<>();
            for (int call = 0; call < connections; call++) {
                calls.add(threads.submit(() -> invoke(client)));
            }

            for (Future<?> call : calls) {
                call.get(20, TimeUnit.SECONDS);
            }
            assertThat(aws.requests).hasSize(connections);
        } finally {
            threads.shutdownNow();
        }
    }

    private static LoopbackHttp.Answer waitFor(CountDownLatch latch) {
        try {
            latch.await(30, TimeUnit.SECONDS);
            return new LoopbackHttp.Answer(200, "{}");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new LoopbackHttp.Answer(200, "{}");
        }
    }

    private static void invoke(LambdaClient client) {
        client.invoke(request -> request.functionName("f").payload(SdkBytes.fromUtf8String("[]")));
    }

    private static AwsSettings settings(LoopbackHttp aws, Map<String, String> more) {
        Map<String, String> values = new HashMap<>(Map.of(
                "region", "eu-central-1",
                "endpoint", aws.url(),
                "access-key-id", "AKIDEXAMPLE",
                "secret-access-key", "wJalrXUtnFEMI"));
        values.putAll(more);
        return AwsSettings.of(values::get);
    }
}
