package dev.kafila.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.DescribeEventBusResponse;
import software.amazon.awssdk.services.eventbridge.model.EventBridgeException;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;
import software.amazon.awssdk.services.eventbridge.model.PutEventsResponse;
import software.amazon.awssdk.services.eventbridge.model.PutEventsResultEntry;
import software.amazon.awssdk.services.eventbridge.model.ResourceNotFoundException;

/** What EventBridge takes and refuses, through the real client. */
@Timeout(60)
class SandboxEventsTest {
    private static final PutEventsRequestEntry GOOD = entry(good -> {});
    private static final String ARN = "arn:aws:events:eu-central-1:123456789012:event-bus/orders-bus";

    private final SandboxAws aws = SandboxAws.start();
    private final EventBridgeClient client = TestClients.events(aws);

    @AfterEach
    void close() {
        client.close();
        aws.close();
    }

    @Test
    void everyEntryIsTakenAndHasAnId() {
        PutEventsResponse answer = put(GOOD, entry(other -> other.detail("{\"é\":1}")));

        assertThat(answer.failedEntryCount()).isZero();
        assertThat(answer.entries())
                .extracting(PutEventsResultEntry::eventId)
                .hasSize(2)
                .doesNotContainNull()
                .doesNotHaveDuplicates();
        assertThat(aws.events().entries("default"))
                .extracting(EventEntry::detail)
                .containsExactly("{}", "{\"é\":1}");
    }

    @Test
    void everythingThatAnEntryCanSayArrives() {
        put(entry(whole -> whole.time(Instant.ofEpochSecond(1_700_000_000))
                .resources("arn:one", "arn:two")
                .traceHeader("Root=1-2-3")
                .eventBusName(ARN)));

        EventEntry arrived = aws.events().entries("orders-bus").get(0);
        assertThat(arrived.time()).isEqualTo(1_700_000_000.0);
        assertThat(arrived.resources()).containsExactly("arn:one", "arn:two");
        assertThat(arrived.traceHeader()).isEqualTo("Root=1-2-3");
        assertThat(arrived.bus()).isEqualTo(ARN);
    }

    @Test
    void entriesFailByIndexAndByPredicateAndTheirNeighboursDoNot() {
        aws.events().failsEntries(Map.of(1, "ThrottlingException"));
        aws.events().failsEntriesWhen(entry -> entry.source().equals("poison"), "InternalFailure");

        PutEventsResponse first = put(GOOD, GOOD, entry(poison -> poison.source("poison")));
        PutEventsResponse second = put(GOOD, GOOD);

        assertThat(first.failedEntryCount()).isEqualTo(2);
        assertThat(errorCodes(first)).containsExactly("", "ThrottlingException", "InternalFailure");
        assertThat(errorCodes(second)).containsExactly("", "");
        assertThat(aws.events().entries()).hasSize(3);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "aws.shop | order | {}     | NotAuthorizedForSourceException | Not authorized for the source.",
                "shop     | order | []     | MalformedDetail | Detail is malformed.",
                "shop     | order | 'x'    | MalformedDetail | Detail is malformed.",
                "shop     | order | {      | MalformedDetail | Detail is malformed.",
                "shop     | order | {} {}  | MalformedDetail | Detail is malformed.",
                "         | order | {}     | InvalidArgument | Parameter Source is not valid. Reason: Source is a required argument.",
                "shop     |       | {}     | InvalidArgument | Parameter DetailType is not valid. Reason: DetailType is a required argument.",
                "shop     | order |        | InvalidArgument | Parameter Detail is not valid. Reason: Detail is a required argument.",
            })
    void anEntryThatAwsRefusesIsRefusedInItsWordsAndItsNeighbourIsNot(
            String source, String type, String detail, String code, String message) {
        PutEventsResponse answer =
                put(entry(wrong -> wrong.source(source).detailType(type).detail(detail)), GOOD);

        assertThat(errorCodes(answer)).containsExactly(code, "");
        assertThat(answer.entries().get(0).errorMessage()).isEqualTo(message);
        assertThat(answer.entries().get(0).eventId()).isNull();
        assertThat(aws.events().entries()).hasSize(1);
    }

    @Test
    void anEmptyTextIsAsGoodAsNone() {
        assertThat(errorCodes(put(
                        entry(none -> none.source("")),
                        entry(none -> none.detailType("")),
                        entry(none -> none.detail("")))))
                .containsOnly("InvalidArgument");
    }

    @Test
    void aDetailTypeOf129CharactersIsRefused() {
        assertThat(errorCodes(put(
                        entry(longest -> longest.detailType("é".repeat(128))),
                        entry(longer -> longer.detailType("é".repeat(129))))))
                .containsExactly("", "InvalidArgument");
    }

    @Test
    void aTimeOutsideOfRfc3339AndAnEmptyResourceAreRefused() {
        assertThat(errorCodes(put(
                        entry(late -> late.time(Instant.parse("+10000-01-01T00:00:00Z"))),
                        entry(last -> last.time(Instant.parse("9999-12-31T23:59:59Z"))),
                        entry(empty -> empty.resources("arn", "")))))
                .containsExactly("InvalidArgument", "", "InvalidArgument");
    }

    @Test
    void aDetailIsReadAThousandLevelsDeep() {
        assertThat(errorCodes(put(
                        entry(deep -> deep.detail("{\"a\":".repeat(1000) + "1" + "}".repeat(1000))),
                        entry(deeper -> deeper.detail("{\"a\":".repeat(1001) + "1" + "}".repeat(1001))))))
                .containsExactly("", "MalformedDetail");
    }

    @Test
    void aBusOfAnotherAccountIsRefusedOnceTheAccountIsKnown() {
        PutEventsRequestEntry foreign = entry(other -> other.eventBusName(ARN.replace("123456789012", "210987654321")));
        assertThat(errorCodes(put(foreign))).containsExactly("");

        aws.events().belongTo("123456789012");

        assertThat(errorCodes(put(foreign, entry(own -> own.eventBusName(ARN)), GOOD)))
                .containsExactly("InvalidAccountIdException", "", "");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 11})
    void moreThanTenEntriesOrNoneAreRefusedWhole(int count) {
        assertThat(refusal(Collections.nCopies(count, GOOD)).awsErrorDetails().errorCode())
                .isEqualTo("ValidationException");

        assertThat(put(Collections.nCopies(10, GOOD).toArray(PutEventsRequestEntry[]::new))
                        .failedEntryCount())
                .isZero();
        assertThat(aws.events().entries()).hasSize(10);
    }

    @Test
    void whatTheDescriptionOfPutEventsForbidsIsRefusedWholeWithItsGoodNeighbours() {
        for (PutEventsRequestEntry wrong : List.of(
                entry(entry -> entry.resources("x".repeat(2049))),
                entry(entry -> entry.traceHeader("x".repeat(501))),
                entry(entry -> entry.traceHeader("")),
                entry(entry -> entry.eventBusName("no bus")))) {
            EventBridgeException refusal = refusal(List.of(GOOD, wrong));

            assertThat(refusal.statusCode()).isEqualTo(400);
            assertThat(refusal.awsErrorDetails().errorCode()).isEqualTo("ValidationException");
            assertThat(refusal.awsErrorDetails().errorMessage()).contains("'entries.2.member.");
        }
        assertThat(aws.events().entries()).isEmpty();
        assertThat(aws.events().count()).isEqualTo(4);
    }

    @ParameterizedTest
    @ValueSource(ints = {EventRules.REQUEST_LIMIT, 256 * 1024})
    void aRequestOfTheLimitIsTooLargeAndOneByteLessIsNot(int limit) {
        aws.events().limit(limit);
        int half = limit / 2 - "shop".length() - "order".length() - "{\"a\":\"\"}".length();
        PutEventsRequestEntry first = entry(large -> large.detail("{\"a\":\"" + "x".repeat(half) + "\"}"));
        PutEventsRequestEntry below = entry(large -> large.detail("{\"a\":\"" + "x".repeat(half - 1) + "\"}"));

        assertThat(put(first, below).failedEntryCount()).isZero();
        EventBridgeException refusal = refusal(List.of(first, first));

        assertThat(refusal.statusCode()).isEqualTo(400);
        assertThat(refusal.awsErrorDetails().errorCode()).isEqualTo("ValidationException");
        assertThat(refusal.awsErrorDetails().errorMessage())
                .isEqualTo("Total size of the entries in the request is over the limit.");
        assertThat(aws.events().entries().stream().mapToInt(EventEntry::size).sum())
                .isEqualTo(limit - 1);
    }

    @Test
    void aRequestThatIsTooLargeMayMeetAFrontEndThatSaysNothingBut413() {
        aws.events().limit(10);
        aws.events().answersTooLargeWith(Answer.bare(413));

        EventBridgeException refusal = refusal(List.of(GOOD));

        assertThat(refusal.statusCode()).isEqualTo(413);
        assertThat(refusal.awsErrorDetails().errorMessage()).isNull();
    }

    @Test
    void timeResourcesAndTraceHeaderCount() {
        EventEntry entry = new EventEntry("default", "s", "é", "{}", List.of("arn"), 1.0, "trace");

        assertThat(entry.size()).isEqualTo(1 + 2 + 2 + 3 + 14 + 5);
    }

    @Test
    void eventsOnABusThatIsNotThereVanishWithSuccess() {
        aws.events().declareBus("orders-bus");

        PutEventsResponse answer = put(entry(typo -> typo.eventBusName("typo")), entry(kept -> kept.eventBusName(ARN)));

        assertThat(answer.failedEntryCount()).isZero();
        assertThat(answer.entries())
                .extracting(PutEventsResultEntry::eventId)
                .doesNotContainNull()
                .hasSize(2);
        assertThat(aws.events().entries()).extracting(EventEntry::busName).containsExactly("orders-bus");
        assertThat(aws.events().vanished()).isEqualTo(1);
    }

    @Test
    void aBusIsDescribedByNameAndByArnUnlessItIsNotThereOrOfAnotherAccount() {
        aws.events().declareBus("orders-bus");
        aws.events().belongTo("123456789012");

        for (String name : List.of("orders-bus", ARN)) {
            DescribeEventBusResponse described = client.describeEventBus(request -> request.name(name));
            assertThat(described.name()).isEqualTo("orders-bus");
            assertThat(described.arn()).isEqualTo(ARN);
        }
        assertThatThrownBy(() -> client.describeEventBus(request -> request.name("typo")))
                .isInstanceOf(ResourceNotFoundException.class)
                .hasMessageContaining("Event bus typo does not exist.");
        EventBridgeException foreign = catchThrowableOfType(
                EventBridgeException.class,
                () -> client.describeEventBus(request -> request.name(ARN.replace("123456789012", "210987654321"))));
        assertThat(foreign.statusCode()).isEqualTo(400);
        assertThat(foreign.awsErrorDetails().errorCode()).isEqualTo("AccessDeniedException");
        assertThat(aws.events().described()).isEqualTo(4);
        assertThat(aws.events().count()).isZero();
    }

    private PutEventsResponse put(PutEventsRequestEntry... entries) {
        return client.putEvents(request -> request.entries(entries));
    }

    private EventBridgeException refusal(List<PutEventsRequestEntry> entries) {
        EventBridgeException refusal = catchThrowableOfType(
                EventBridgeException.class, () -> client.putEvents(request -> request.entries(entries)));
        assertThat(refusal).isNotNull();
        return refusal;
    }

    private static List<String> errorCodes(PutEventsResponse answer) {
        return answer.entries().stream()
                .map(entry -> Objects.requireNonNullElse(entry.errorCode(), ""))
                .toList();
    }

    private static PutEventsRequestEntry entry(Consumer<PutEventsRequestEntry.Builder> change) {
        return PutEventsRequestEntry.builder()
                .source("shop")
                .detailType("order")
                .detail("{}")
                .applyMutation(change)
                .build();
    }
}
