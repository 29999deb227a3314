package dev.kafila.mapping.api;

import static dev.kafila.mapping.api.ApiFixture.request;
import static dev.kafila.mapping.api.RawHttp.MAPPINGS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.InvalidParameterValueException;
import software.amazon.awssdk.services.lambda.model.LambdaException;
import software.amazon.awssdk.services.lambda.model.RequestTooLargeException;
import software.amazon.awssdk.services.lambda.model.ResourceConflictException;
import software.amazon.awssdk.services.lambda.model.ResourceInUseException;
import software.amazon.awssdk.services.lambda.model.ResourceNotFoundException;
import software.amazon.awssdk.services.lambda.model.ServiceException;

/** What a real client makes of each error, and what it has to go by. */
class ApiErrorsTest {
    private static final String NOWHERE = "0a1b2c3d-0000-4000-8000-000000000000";

    private ApiFixture api;
    private LambdaClient lambda;
    private RawHttp http;

    @BeforeEach
    void start() {
        api = ApiFixture.start();
        lambda = api.client();
        http = new RawHttp(api.endpoint());
    }

    @AfterEach
    void stop() {
        lambda.close();
        api.close();
    }

    @Test
    void aWrongParameterIsAnInvalidParameterValue() {
        assertThatExceptionOfType(InvalidParameterValueException.class)
                .isThrownBy(() -> lambda.createEventSourceMapping(
                        request("orders").toBuilder().batchSize(0).build()))
                .satisfies(thrown -> {
                    assertThat(thrown.statusCode()).isEqualTo(400);
                    assertThat(thrown.type()).isEqualTo("User");
                    assertThat(thrown.awsErrorDetails().errorMessage())
                            .startsWith("BatchSize: must be from 1 to 10000");
                });
        requireShape(http.post("{\"FunctionName\":\"orders\"}"), 400, "InvalidParameterValueException", "message");
    }

    @Test
    void aTwinIsAConflictThatNamesTheOther() {
        String uuid = lambda.createEventSourceMapping(request("orders")).uuid();

        assertThatExceptionOfType(ResourceConflictException.class)
                .isThrownBy(() -> lambda.createEventSourceMapping(request("orders")))
                .satisfies(thrown -> {
                    assertThat(thrown.statusCode()).isEqualTo(409);
                    assertThat(thrown.type()).isEqualTo("User");
                    assertThat(thrown.awsErrorDetails().errorMessage()).contains(uuid);
                });
        requireShape(
                http.post(Requests.body(Map.of("Topics", "[\"orders\"]"))),
                409,
                "ResourceConflictException",
                "message");
    }

    @Test
    void aMappingThatBecomesATwinIsAConflict() {
        lambda.createEventSourceMapping(request("orders"));
        String other = lambda.createEventSourceMapping(
                        request("orders").toBuilder().functionName("other").build())
                .uuid();

        assertThatExceptionOfType(ResourceConflictException.class)
                .isThrownBy(() -> lambda.updateEventSourceMapping(
                        update -> update.uuid(other).functionName("orders")));
    }

    @Test
    void anotherGroupIsNoTwin() {
        lambda.createEventSourceMapping(request("orders"));

        assertThat(lambda.createEventSourceMapping(request("orders").toBuilder()
                                .selfManagedKafkaEventSourceConfig(kafka -> kafka.consumerGroupId("second"))
                                .build())
                        .uuid())
                .isNotNull();
    }

    @Test
    void aChangeThatSomebodyElseOvertookIsAConflict() {
        String uuid = lambda.createEventSourceMapping(request("orders")).uuid();
        api.store().overtake();

        assertThatExceptionOfType(ResourceConflictException.class)
                .isThrownBy(() -> lambda.updateEventSourceMapping(
                        update -> update.uuid(uuid).batchSize(5)))
                .satisfies(thrown -> assertThat(thrown.statusCode()).isEqualTo(409));
        assertThat(api.store().mapping(uuid).version()).isEqualTo(1);
    }

    @Test
    void whatIsNotThereIsNotFound() {
        assertThatExceptionOfType(ResourceNotFoundException.class)
                .isThrownBy(() -> lambda.getEventSourceMapping(get -> get.uuid(NOWHERE)))
                .satisfies(thrown -> {
                    assertThat(thrown.statusCode()).isEqualTo(404);
                    assertThat(thrown.type()).isEqualTo("User");
                    assertThat(thrown.awsErrorDetails().errorMessage()).contains(NOWHERE);
                });
        assertThatExceptionOfType(ResourceNotFoundException.class)
                .isThrownBy(() -> lambda.updateEventSourceMapping(update -> update.uuid(NOWHERE)));
        assertThatExceptionOfType(ResourceNotFoundException.class)
                .isThrownBy(() -> lambda.deleteEventSourceMapping(delete -> delete.uuid(NOWHERE)));
        assertThatExceptionOfType(ResourceNotFoundException.class)
                .isThrownBy(() -> lambda.listTags(list -> list.resource(ApiFixture.FUNCTION)));
        requireShape(http.get(MAPPINGS + NOWHERE), 404, "ResourceNotFoundException", "Message");
    }

    @Test
    void whatIsBeingDeletedIsInUse() {
        var created = lambda.createEventSourceMapping(request("orders"));
        lambda.deleteEventSourceMapping(delete -> delete.uuid(created.uuid()));

        assertThatExceptionOfType(ResourceInUseException.class)
                .isThrownBy(() -> lambda.updateEventSourceMapping(
                        update -> update.uuid(created.uuid()).batchSize(5)))
                .satisfies(thrown -> {
                    assertThat(thrown.statusCode()).isEqualTo(400);
                    assertThat(thrown.type()).isEqualTo("User");
                    assertThat(thrown.awsErrorDetails().errorMessage()).contains(created.uuid());
                });
        assertThatExceptionOfType(ResourceInUseException.class)
                .isThrownBy(() -> lambda.deleteEventSourceMapping(delete -> delete.uuid(created.uuid())));
        assertThatExceptionOfType(ResourceInUseException.class)
                .isThrownBy(() -> lambda.tagResource(
                        tag -> tag.resource(created.eventSourceMappingArn()).tags(Map.of("a", "b"))));
        requireShape(http.put(created.uuid(), "{}"), 400, "ResourceInUseException", "Message");
    }

    @Test
    void aTopicThatCannotBeReadIsAnErrorOfTheService() {
        api.store().fail();

        assertThatExceptionOfType(ServiceException.class)
                .isThrownBy(() -> lambda.getEventSourceMapping(get -> get.uuid(NOWHERE)))
                .satisfies(thrown -> {
                    assertThat(thrown.statusCode()).isEqualTo(500);
                    assertThat(thrown.awsErrorDetails().errorMessage()).isEqualTo("The topic cannot be read now");
                });
        requireShape(http.get(MAPPINGS), 500, "ServiceException", "Message");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "7",
                "{}{}",
                "{\"Topics\":[\"a\"],\"Topics\":[\"b\"]}",
                "{\"Topics\":\"orders\"}",
                "{\"Topics\":[null]}",
                "{\"BatchSize\":\"ten\"}",
                "{\"BatchSize\":1.5}",
                "{\"BatchSize\":99999999999}",
                "{\"SelfManagedKafkaEventSourceConfig\":[]}",
                "{\"ProvisionedPollerConfig\":\"two\"}",
                "{\"FilterCriteria\":{\"Filters\":{}}}"
            })
    void aBodyThatIsNoRequestIsMalformed(String body) {
        String expected = body.isEmpty() ? "InvalidParameterValueException" : "SerializationException";

        assertThat(http.post(body).errorType()).isEqualTo(expected);
        assertThat(http.post(body).status()).isEqualTo(400);
    }

    @Test
    void whatTheParserSaysAboutARequestIsNotAnswered() {
        assertThat(http.post("{\"a\":secret}").message()).isEqualTo("The body of the request is no JSON");
    }

    @Test
    void aRequestThatIsTooLargeIsRefused() {
        assertThatExceptionOfType(RequestTooLargeException.class)
                .isThrownBy(() -> lambda.createEventSourceMapping(request("orders").toBuilder()
                        .tags(Map.of("a", "b".repeat(MappingApi.MAX_BODY)))
                        .build()))
                .satisfies(thrown -> assertThat(thrown.statusCode()).isEqualTo(413));
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /, 404",
        "GET, /2015-03-31/functions/orders, 404",
        "GET, /2015-03-31/event-source-mappings/a/b, 404",
        "GET, /2015-03-31/event-source-mappings2, 404",
        "DELETE, /2015-03-31/event-source-mappings/, 405",
        "POST, /2015-03-31/event-source-mappings/a, 405",
        "PUT, /2017-03-31/tags/a, 405"
    })
    void anythingElseIsNoOperation(String method, String path, int status) {
        requireShape(http.send(method, path, "{}"), status, "UnknownOperationException", "message");
    }

    @Test
    void everyAnswerHasAnIdAndADate() {
        RawHttp.Reply reply = http.get(MAPPINGS);

        assertThat(reply.raw().headers().firstValue("x-amzn-RequestId")).isPresent();
        assertThat(reply.raw().headers().firstValue("date")).isPresent();
        assertThatExceptionOfType(LambdaException.class)
                .isThrownBy(() -> lambda.getEventSourceMapping(get -> get.uuid(NOWHERE)))
                .satisfies(thrown -> assertThat(thrown.requestId()).hasSize(36));
    }

    private static void requireShape(RawHttp.Reply reply, int status, String errorType, String messageMember) {
        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.errorType()).isEqualTo(errorType);
        assertThat(reply.body().propertyStream().map(Map.Entry::getKey))
                .containsExactlyInAnyOrder("Type", messageMember);
        assertThat(reply.body().path("Type").asText()).isEqualTo("User");
        assertThat(reply.body().path(messageMember).asText()).isNotEmpty();
    }
}
