package dev.kafila;

import static dev.kafila.Workplace.ask;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.kafila.sandbox.Answer;
import dev.kafila.sandbox.FunctionConfiguration;
import dev.kafila.sandbox.SandboxAws;
import dev.kafila.sandbox.SandboxFunction;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What of AWS keeps the application from starting, and what does not; no record is read for any of it. */
@Timeout(60)
class StartRefusalTest {
    private final SandboxAws aws = SandboxAws.start();
    private final SandboxFunction function = aws.function("on-order");
    private final Map<String, String> settings = new HashMap<>(Map.of(
            "kafila.kafka.brokers", "127.0.0.1:1",
            "kafila.aws.endpoint", aws.endpoint().toString(),
            "kafila.aws.region", "eu-west-1",
            "kafila.aws.access-key-id", "AKIDEXAMPLE",
            "kafila.aws.secret-access-key", "secret",
            "kafila.lambda.topics", "orders,customers",
            "kafila.lambda.function", "on-order"));

    @TempDir
    private Path directory;

    private Workplace place;

    @BeforeEach
    void place() {
        place = new Workplace(directory);
    }

    @AfterEach
    void close() {
        aws.close();
    }

    @Test
    void aFunctionThatExistsAndMayBeInvokedIsAskedForAndNotRun() throws Exception {
        start();

        assertThat(function.dryRuns()).hasSize(1);
        assertThat(function.count()).isZero();
    }

    @Test
    void everythingThatIsWrongIsToldAtOnce() throws Exception {
        aws.declareFunctions("denied", "slow");
        aws.function("denied").answersDryRunsWith(Answer.status(403, "AccessDeniedException", "who asked"));
        aws.function("slow").configure(FunctionConfiguration.DEFAULT.withTimeout(Duration.ofMinutes(15)));
        settings.put("kafila.lambda.function", "orders=missing:live,*=denied");

        place("own", """
                function: slow
                """);

        assertThatThrownBy(this::start).isInstanceOf(StartException.class).hasMessage("""
                What routes need was asked for before any record is read:
                  kafka-to-lambda: function denied (kafila.lambda.function) cannot be invoked: AccessDeniedException 403 who asked
                  kafka-to-lambda: function missing:live (kafila.lambda.function) cannot be invoked: ResourceNotFoundException 404 \
                Function not found: arn:aws:lambda:eu-west-1:000000000000:function:missing
                  own: function slow (kafila.lambda.function) may run for 900s, and a call ends after 300s, so that records would \
                come again while it still works on them: raise kafila.lambda.timeout (callTimeout of the kamelet) to 900s or more, \
                or lower the function's timeout
                With validate=false (kafila.lambda.validate, kafila.eventbridge.validate) a route starts without asking.""");
    }

    @Test
    void theFunctionOfEachTopicThatIsKnownIsAskedFor() {
        aws.declareFunctions("on-orders");
        settings.put("kafila.lambda.function", "on-${topic}");

        assertThatThrownBy(this::start)
                .hasMessageContaining("function on-customers ")
                .message()
                .doesNotContain("on-orders");
    }

    @Test
    void topicsAndFunctionsOfARouteOfAUsersOwnHaveToFitToo() throws Exception {
        place("own", "function: orders=on-order,custmers=on-order\n              topics: orders,customers");

        assertThatThrownBy(this::start)
                .hasMessageContaining("own: function (kafila.lambda.function): Topic customers has no function")
                .hasMessageContaining("Topic custmers has a function and is not consumed");
    }

    @Test
    void withoutValidationNobodyIsAsked() throws Exception {
        aws.declareFunctions("another");
        settings.put("kafila.lambda.function", "missing");
        settings.put("kafila.lambda.validate", "false");

        start();

        assertThat(aws.function("another").dryRuns()).isEmpty();
    }

    @Test
    void anAsynchronousCallDoesNotWaitForTheFunctionHoweverLongItRuns() throws Exception {
        function.configure(FunctionConfiguration.DEFAULT.withTimeout(Duration.ofMinutes(15)));
        settings.put("kafila.lambda.invocation-type", "async");

        start();
    }

    @Test
    void aFunctionThatRunsAsLongAsACallFits() throws Exception {
        function.configure(FunctionConfiguration.DEFAULT.withTimeout(Duration.ofMinutes(15)));
        settings.put("kafila.lambda.timeout", "15m");

        start();
    }

    @Test
    void aFunctionThatFailedIsRefusedWithItsReason() {
        function.configure(FunctionConfiguration.DEFAULT.withState("Failed", "InvalidSecurityGroup"));

        assertThatThrownBy(this::start).hasMessageContaining("on-order", "Failed: InvalidSecurityGroup");
    }

    @Test
    void aFunctionThatSleepsIsNoReasonNotToStart() throws Exception {
        function.configure(FunctionConfiguration.DEFAULT.withState("Inactive", "Idle"));

        start();
    }

    @Test
    void invokingNeedsNoPermissionToReadTheFunction() throws Exception {
        function.configure(FunctionConfiguration.DEFAULT.withTimeout(Duration.ofMinutes(15)));
        function.answersGetFunctionWith(Answer.status(403, "AccessDeniedException"));

        start();
    }

    @ParameterizedTest
    @CsvSource({"500,ServiceException", "429,TooManyRequestsException", "503,ServiceUnavailableException"})
    void whatMayPassByItselfIsNoReasonNotToStart(int status, String type) throws Exception {
        function.answersDryRunsWith(Answer.status(status, type));

        start();
    }

    @Test
    void aLambdaThatIsAwayIsNoReasonNotToStart() throws Exception {
        aws.stop();

        start();
    }

    @Test
    void credentialsThatSignNothingAreRefused() {
        settings.put("kafila.aws.access-key-id", "");
        settings.put("kafila.aws.secret-access-key", "");
        settings.put("kafila.aws.profile", "no-such-profile");

        assertThatThrownBy(this::start)
                .hasMessageContaining("function on-order (kafila.lambda.function) cannot be invoked", "credentials");
    }

    @Test
    void aReloadWhoseFunctionDoesNotExistChangesNothing() throws Exception {
        aws.declareFunctions("on-order");
        place("own", "function: on-order");
        settings.remove("kafila.lambda.topics");
        settings.remove("kafila.lambda.function");
        try (Application application = place.start(settings)) {
            var route = application.camelContext().getRoute("own");

            place("own", "function: missing");

            await().untilAsserted(() -> assertThat(
                            Workplace.get(application, "/observe/health").body())
                    .contains("not reloaded", "function missing (kafila.lambda.function) cannot be invoked"));
            assertThat(application.camelContext().getRoute("own")).isSameAs(route);
            place.route("other", "direct:other", "language:simple:${body}.");
            place("own", "function: on-order\n");
            await().untilAsserted(() ->
                    assertThat(ask(application, "direct:other", "hello")).isEqualTo("hello."));
        }
    }

    @Test
    void anEditOfAnotherFileIsNotRefusedForAFunctionThatWentMissing() throws Exception {
        place("own", "function: on-order");
        place.route("other", "direct:other", "language:simple:${body}.");
        settings.remove("kafila.lambda.topics");
        settings.remove("kafila.lambda.function");
        try (Application application = place.start(settings)) {
            aws.function("on-order").answersDryRunsWith(Answer.status(403, "AccessDeniedException"));

            place.route("other", "direct:other", "language:simple:${body}!");

            await().untilAsserted(() ->
                    assertThat(ask(application, "direct:other", "hello")).isEqualTo("hello!"));
        }
    }

    /** A route of a user's own with one sink. */
    private void place(String id, String parameter) throws Exception {
        place.routes(id, """
                - route:
                    id: %s
                    from:
                      uri: direct:%s
                      steps:
                        - to:
                            uri: kamelet:kafila-lambda-sink
                            parameters:
                              endpoint: "%s"
                              region: eu-west-1
                              accessKeyId: AKIDEXAMPLE
                              secretAccessKey: secret
                              %s
                """.formatted(id, id, aws.endpoint(), parameter));
    }

    private void start() throws Exception {
        place.start(settings).close();
    }
}
