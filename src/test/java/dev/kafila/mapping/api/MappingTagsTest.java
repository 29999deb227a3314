package dev.kafila.mapping.api;

import static dev.kafila.mapping.api.ApiFixture.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.CreateEventSourceMappingResponse;
import software.amazon.awssdk.services.lambda.model.InvalidParameterValueException;

/** Tags as AWS's own client for Java sees them. */
class MappingTagsTest {
    private ApiFixture api;
    private LambdaClient lambda;

    @BeforeEach
    void start() {
        api = ApiFixture.start();
        lambda = api.client();
    }

    @AfterEach
    void stop() {
        lambda.close();
        api.close();
    }

    @Test
    void tagsAreReadAddedAndTakenAway() {
        CreateEventSourceMappingResponse created = lambda.createEventSourceMapping(
                request("orders").toBuilder().tags(Map.of("team", "shop")).build());
        String arn = created.eventSourceMappingArn();

        assertThat(lambda.listTags(list -> list.resource(arn)).tags()).isEqualTo(Map.of("team", "shop"));
        assertThat(lambda.tagResource(tag -> tag.resource(arn).tags(Map.of("team", "store", "a/b c", "é")))
                        .sdkHttpResponse()
                        .statusCode())
                .isEqualTo(204);
        assertThat(lambda.listTags(list -> list.resource(arn)).tags()).isEqualTo(Map.of("team", "store", "a/b c", "é"));
        lambda.untagResource(untag -> untag.resource(arn).tagKeys("team", "a/b c"));
        assertThat(lambda.listTags(list -> list.resource(arn)).tags()).isEmpty();
    }

    @Test
    void tagsThatCannotBeAreRefused() {
        String arn = lambda.createEventSourceMapping(request("orders")).eventSourceMappingArn();

        for (Map<String, String> tags : List.of(
                Map.of("aws:a", "b"), Map.of("", "b"), Map.of("a", "b".repeat(257)), Map.<String, String>of())) {
            assertThatExceptionOfType(InvalidParameterValueException.class)
                    .isThrownBy(
                            () -> lambda.tagResource(tag -> tag.resource(arn).tags(tags)));
        }
        assertThatExceptionOfType(InvalidParameterValueException.class)
                .isThrownBy(
                        () -> lambda.untagResource(untag -> untag.resource(arn).tagKeys(List.of())));
    }
}
