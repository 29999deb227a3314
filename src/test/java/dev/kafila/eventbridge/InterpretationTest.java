package dev.kafila.eventbridge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kafila.delivery.Outcome;
import dev.kafila.delivery.Outcome.Configuration;
import dev.kafila.delivery.Outcome.Delivered;
import dev.kafila.delivery.Outcome.Permanent;
import dev.kafila.delivery.Outcome.Retry;
import dev.kafila.delivery.Outcome.Split;
import dev.kafila.failure.FailureKind;
import java.net.SocketException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.services.eventbridge.model.EventBridgeException;
import software.amazon.awssdk.services.eventbridge.model.PutEventsResultEntry;

class InterpretationTest {
    private static final Set<Integer> RETRY_STATUS = Set.of(500, 502, 503, 504);

    @Test
    void anEntryWithAnIdWasTaken() {
        assertThat(Interpretation.of(taken())).isEqualTo(new Delivered());
    }

    @ParameterizedTest
    @ValueSource(strings = {"InternalFailure", "InternalException", "ServiceUnavailable"})
    void anEntryThatMayPassIsRetried(String code) {
        assertThat(Interpretation.of(refused(code))).isEqualTo(new Retry(FailureKind.TRANSIENT, code, null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ThrottlingException", "Throttling", "TooManyRequestsException"})
    void aThrottledEntryIsRetried(String code) {
        assertThat(Interpretation.of(refused(code))).isEqualTo(new Retry(FailureKind.THROTTLE, code, null));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "AccessDeniedException",
                "InvalidAccountIdException",
                "NotAuthorizedForSourceException",
                "NotAuthorizedForDetailTypeException",
                "ExpiredTokenException",
                "ResourceNotFoundException"
            })
    void anEntryThatIsNotAllowedIsAMatterOfConfiguration(String code) {
        assertThat(Interpretation.of(refused(code))).isEqualTo(new Configuration(code, "what AWS says"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"InvalidArgument", "MalformedDetail", "RedactionFailure", "SomethingNew"})
    void anEntryThatIsWrongOrOfWhichNobodyKnowsWhyItFailedIsPermanent(String code) {
        assertThat(Interpretation.of(refused(code))).isEqualTo(new Permanent(FailureKind.PERMANENT, code));
    }

    @ParameterizedTest
    @NullAndEmptySource
    void anEntryWithoutIdAndWithoutErrorIsRetried(String nothing) {
        var result = PutEventsResultEntry.builder().eventId(nothing).errorCode(nothing);

        assertThat(Interpretation.of(result.build())).isInstanceOf(Retry.class);
        assertThat(Interpretation.of((PutEventsResultEntry) null)).isInstanceOf(Retry.class);
    }

    @Test
    void anEntryWithBothAnIdAndAnErrorWasNotTaken() {
        assertThat(Interpretation.of(
                        taken().toBuilder().errorCode("MalformedDetail").build()))
                .isInstanceOf(Permanent.class);
    }

    @Property
    void onlyAnIdWithoutAnErrorMeansThatAnEntryWasTaken(@ForAll String id, @ForAll String code) {
        Outcome outcome = Interpretation.of(
                PutEventsResultEntry.builder().eventId(id).errorCode(code).build());

        assertThat(outcome instanceof Delivered).isEqualTo(!id.isEmpty() && code.isEmpty());
        assertThat(outcome).isNotInstanceOf(Split.class);
    }

    @Test
    void anAnswerIsReadIfItHasAResultForEachEntry() {
        assertThat(Interpretation.of(PutAnswer.answered(List.of(taken(), taken())), 2, RETRY_STATUS))
                .isEqualTo(new Delivered());
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "1, 2", "3, 2", "2, 10"})
    void anAnswerWithAnotherNumberOfResultsIsRetriedAsAWhole(int results, int entries) {
        PutAnswer answer = PutAnswer.answered(Collections.nCopies(results, taken()));

        assertThat(Interpretation.of(answer, entries, RETRY_STATUS)).isInstanceOf(Retry.class);
    }

    @ParameterizedTest
    @CsvSource({"500, InternalException", "500, InternalFailure", "503, ServiceUnavailable", "504, ''", "408, ''"})
    void aRequestThatMayPassIsRetried(int status, String code) {
        assertThat(interpret(status, code)).isInstanceOfSatisfying(Retry.class, retry -> assertThat(retry.kind())
                .isEqualTo(FailureKind.TRANSIENT));
    }

    @ParameterizedTest
    @CsvSource({"400, ThrottlingException", "429, ''", "503, RequestLimitExceeded"})
    void aThrottledRequestIsRetried(int status, String code) {
        assertThat(interpret(status, code)).isInstanceOfSatisfying(Retry.class, retry -> assertThat(retry.kind())
                .isEqualTo(FailureKind.THROTTLE));
    }

    @Test
    void theWaitThatAwsAsksForIsKept() {
        AwsErrorDetails details = AwsErrorDetails.builder()
                .errorCode("ThrottlingException")
                .sdkHttpResponse(SdkHttpResponse.builder()
                        .statusCode(400)
                        .putHeader("Retry-After", "7")
                        .build())
                .build();
        Throwable thrown = EventBridgeException.builder()
                .statusCode(400)
                .awsErrorDetails(details)
                .build();

        assertThat(Interpretation.of(PutAnswer.failed(thrown), 1, RETRY_STATUS))
                .isEqualTo(new Retry(FailureKind.THROTTLE, "ThrottlingException 400", Duration.ofSeconds(7)));
    }

    @ParameterizedTest
    @CsvSource({"413, ''", "413, RequestEntityTooLargeException", "400, RequestEntityTooLargeException"})
    void aTooLargeRequestIsSplit(int status, String code) {
        assertThat(interpret(status, code)).isInstanceOf(Split.class);
    }

    @ParameterizedTest
    @CsvSource({
        "400, AccessDeniedException",
        "403, AccessDeniedException",
        "400, UnrecognizedClientException",
        "400, ExpiredTokenException",
        "400, RequestExpired",
        "400, ResourceNotFoundException",
        "404, ''",
        "301, ''"
    })
    void aRequestThatIsNotAllowedIsAMatterOfConfiguration(int status, String code) {
        assertThat(interpret(status, code)).isInstanceOf(Configuration.class);
    }

    @ParameterizedTest
    @CsvSource({"400, ValidationException", "400, SerializationException", "418, ''", "501, NotImplemented"})
    void aRequestThatIsRefusedForGoodIsPermanent(int status, String code) {
        assertThat(interpret(status, code)).isInstanceOf(Permanent.class);
    }

    @Test
    void whetherARequestThatGotNoAnswerWasTakenIsNotKnownAndItIsRetried() {
        List<Throwable> ambiguous = List.of(
                ApiCallTimeoutException.create(1000),
                SdkClientException.create("Unable to execute HTTP request", new SocketException("reset")),
                SdkClientException.create("Unable to unmarshall response"),
                new NullPointerException());

        assertThat(ambiguous)
                .extracting(thrown -> Interpretation.of(PutAnswer.failed(thrown), 1, RETRY_STATUS))
                .allMatch(Retry.class::isInstance);
    }

    @Test
    void withoutCredentialsNoRequestCanSucceed() {
        Throwable thrown = SdkClientException.create("Unable to load credentials from any of the providers");

        assertThat(Interpretation.of(PutAnswer.failed(thrown), 1, RETRY_STATUS)).isInstanceOf(Configuration.class);
    }

    @Property
    void aRefusalIsNeverASuccess(@ForAll @IntRange(min = 0, max = 999) int status, @ForAll String code) {
        assertThat(interpret(status, code)).isNotNull().isNotInstanceOf(Delivered.class);
    }

    private static Outcome interpret(int status, String code) {
        Throwable thrown = EventBridgeException.builder()
                .statusCode(status)
                .awsErrorDetails(AwsErrorDetails.builder().errorCode(code).build())
                .build();
        return Interpretation.of(PutAnswer.failed(thrown), 2, RETRY_STATUS);
    }

    private static PutEventsResultEntry taken() {
        return PutEventsResultEntry.builder().eventId("11710aed").build();
    }

    private static PutEventsResultEntry refused(String code) {
        return PutEventsResultEntry.builder()
                .errorCode(code)
                .errorMessage("what AWS says")
                .build();
    }
}
