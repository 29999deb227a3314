package dev.kafila.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class SandboxEventsTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String GOOD = entry("shop", "order", "{}");

    private final SandboxAws aws = SandboxAws.start();
    private final HttpClient http = HttpClient.newHttpClient();

    @AfterEach
    void close() {
        aws.close();
    }

    @Test
    void everyEntryIsTakenAndHasAnId() throws Exception {
        JsonNode answer = put(List.of(GOOD, entry("shop", "order", "{\"é\":1}")));

        assertThat(answer.path("FailedEntryCount").asInt(-1)).isZero();
        assertThat(answer.findValuesAsText("EventId")).hasSize(2).doesNotHaveDuplicates();
        assertThat(aws.events().entries("default"))
                .extracting(EventEntry::detail)
                .containsExactly("{}", "{\"é\":1}");
    }

    @Test
    void entriesFailByIndexAndByPredicateAndTheirNeighboursDoNot() throws Exception {
        aws.events().failsEntries(Map.of(1, "ThrottlingException"));
        aws.events().failsEntriesWhen(entry -> entry.source().equals("poison"), "InternalFailure");

        JsonNode first = put(List.of(GOOD, GOOD, entry("poison", "order", "{}")));
        JsonNode second = put(List.of(GOOD, GOOD));

        assertThat(first.path("FailedEntryCount").asInt()).isEqualTo(2);
        assertThat(errorCodes(first)).containsExactly("", "ThrottlingException", "InternalFailure");
        assertThat(errorCodes(second)).containsExactly("", "");
        assertThat(aws.events().entries()).hasSize(3);
    }

    @ParameterizedTest
    @CsvSource({
        "aws.shop, order, '{}', NotAuthorizedForSourceException",
        "shop, order, '[]', MalformedDetail",
        "shop, order, '{', MalformedDetail",
        "shop, , '{}', InvalidArgument",
    })
    void anEntryThatAwsRefusesIsRefused(String source, String type, String detail, String code) throws Exception {
        assertThat(errorCodes(put(List.of(entry(source, type, detail))))).containsExactly(code);
        assertThat(aws.events().entries()).isEmpty();
    }

    @Test
    void aDetailTypeOf129CharactersIsRefused() throws Exception {
        JsonNode answer = put(List.of(entry("shop", "x".repeat(128), "{}"), entry("shop", "x".repeat(129), "{}")));

        assertThat(errorCodes(answer)).containsExactly("", "InvalidArgument");
    }

    @Test
    void moreThanTenEntriesOrNoneAreRefusedWhole() throws Exception {
        assertThat(send("PutEvents", body(Collections.nCopies(11, GOOD))).statusCode())
                .isEqualTo(400);
        assertThat(send("PutEvents", body(List.of())).statusCode()).isEqualTo(400);
        assertThat(put(Collections.nCopies(10, GOOD)).path("FailedEntryCount").asInt(-1))
                .isZero();
    }

    @Test
    void aRequestOfOneMegabyteIsTooLargeAndOneByteLessIsNot() throws Exception {
        int overhead = "shop".length() + "order".length() + "{\"a\":\"\"}".length();
        String below = "{\"a\":\"" + "x".repeat(EventRules.REQUEST_LIMIT - 1 - overhead) + "\"}";

        assertThat(put(List.of(entry("shop", "order", below)))
                        .path("FailedEntryCount")
                        .asInt(-1))
                .isZero();
        assertThat(send("PutEvents", body(List.of(entry("shop", "order", below + " "))))
                        .statusCode())
                .isEqualTo(413);
        assertThat(aws.events().entries()).extracting(EventEntry::size).containsExactly(EventRules.REQUEST_LIMIT - 1);
    }

    @Test
    void timeResourcesAndTraceHeaderCount() {
        EventEntry entry = new EventEntry("default", "s", "é", "{}", List.of("arn"), 1.0, "trace");

        assertThat(entry.size()).isEqualTo(1 + 2 + 2 + 3 + 14 + 5);
    }

    @Test
    void eventsOnABusThatIsNotThereVanish() throws Exception {
        aws.events().declareBus("orders-bus");
        String lost = "{\"Source\":\"s\",\"DetailType\":\"d\",\"Detail\":\"{}\",\"EventBusName\":\"typo\"}";
        String kept = lost.replace("typo", "arn:aws:events:eu-central-1:123456789012:event-bus/orders-bus");

        assertThat(put(List.of(lost, kept)).path("FailedEntryCount").asInt(-1)).isZero();

        assertThat(aws.events().entries()).hasSize(1);
        assertThat(aws.events().entries("orders-bus")).hasSize(1);
        assertThat(send("DescribeEventBus", "{\"Name\":\"orders-bus\"}").statusCode())
                .isEqualTo(200);
        HttpResponse<String> unknown = send("DescribeEventBus", "{\"Name\":\"typo\"}");
        assertThat(unknown.statusCode()).isEqualTo(400);
        assertThat(JSON.readTree(unknown.body()).path("__type").asText()).isEqualTo("ResourceNotFoundException");
    }

    @Test
    void aWholeRequestFailsAsTold() throws Exception {
        aws.events().answers(Answer.status(400, "ThrottlingException"), Answer.status(500, "InternalException"));

        HttpResponse<String> throttled = send("PutEvents", body(List.of(GOOD)));
        HttpResponse<String> failed = send("PutEvents", body(List.of(GOOD)));

        assertThat(throttled.headers().firstValue("x-amzn-ErrorType")).hasValue("ThrottlingException");
        assertThat(failed.statusCode()).isEqualTo(500);
        assertThat(aws.events().entries()).isEmpty();
        assertThat(aws.events().count()).isEqualTo(2);
    }

    private static List<String> errorCodes(JsonNode answer) {
        return IntStream.range(0, answer.path("Entries").size())
                .mapToObj(index -> answer.at("/Entries/" + index + "/ErrorCode").asText())
                .toList();
    }

    private static String entry(String source, String type, String detail) {
        var entry = JSON.createObjectNode().put("Source", source).put("Detail", detail);
        return (type == null ? entry : entry.put("DetailType", type)).toString();
    }

    private static String body(List<String> entries) {
        return "{\"Entries\":[" + String.join(",", entries) + "]}";
    }

    private JsonNode put(List<String> entries) throws Exception {
        HttpResponse<String> response = send("PutEvents", body(entries));
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return JSON.readTree(response.body());
    }

    private HttpResponse<String> send(String operation, String body) throws Exception {
        String signature = "AWS4-HMAC-SHA256 Credential=AKID/20260101/eu-central-1/events/aws4_request, "
                + "SignedHeaders=host, Signature=" + "0".repeat(64);
        HttpRequest request = HttpRequest.newBuilder(aws.endpoint())
                .header("X-Amz-Target", "AWSEvents." + operation)
                .header("Content-Type", "application/x-amz-json-1.1")
                .header("Authorization", signature)
                .header("X-Amz-Date", "20260101T000000Z")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }
}
