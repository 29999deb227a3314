package dev.kafila.mapping.api;

import static dev.kafila.mapping.api.ApiFixture.request;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.EventSourceMappingConfiguration;
import software.amazon.awssdk.services.lambda.model.ListEventSourceMappingsResponse;

/** What a list shows to AWS's own client for Java. */
class MappingListTest {
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
    void pagesHoldEveryMappingOnce() {
        Set<String> created = Set.of(create("a"), create("b"), create("c"), create("d"), create("e"));

        assertThat(lambda.listEventSourceMappingsPaginator(list -> list.maxItems(2))
                        .eventSourceMappings())
                .extracting(EventSourceMappingConfiguration::uuid)
                .containsExactlyInAnyOrderElementsOf(created);
        ListEventSourceMappingsResponse page = lambda.listEventSourceMappings(list -> list.maxItems(2));
        assertThat(page.eventSourceMappings()).hasSize(2);
        assertThat(page.nextMarker()).isNotNull();
        assertThat(lambda.listEventSourceMappings().nextMarker()).isNull();
        assertThat(lambda.listEventSourceMappings(list -> list.maxItems(5)).nextMarker())
                .isNull();
    }

    @Test
    void theNextPageDoesNotDependOnTheLastMappingOfTheOneBefore() {
        Set<String> created = Set.of(create("a"), create("b"), create("c"));
        ListEventSourceMappingsResponse page = lambda.listEventSourceMappings(list -> list.maxItems(2));
        page.eventSourceMappings().forEach(mapping -> api.store().forget(mapping.uuid()));

        assertThat(lambda.listEventSourceMappings(list -> list.marker(page.nextMarker()))
                        .eventSourceMappings())
                .singleElement()
                .satisfies(mapping -> assertThat(created).contains(mapping.uuid()));
    }

    @Test
    void aPageHasAHundredAtMost() {
        for (int i = 0; i < 101; i++) {
            create("orders-" + i);
        }

        assertThat(lambda.listEventSourceMappings(list -> list.maxItems(1000)).eventSourceMappings())
                .hasSize(100);
        assertThat(lambda.listEventSourceMappingsPaginator().eventSourceMappings())
                .hasSize(101);
    }

    @Test
    void aListIsOfAFunctionHoweverItIsNamed() {
        String uuid = create("orders");
        lambda.createEventSourceMapping(
                request("customers").toBuilder().functionName("orders:live").build());

        for (String name : List.of("orders", ApiFixture.FUNCTION, "123456789012:function:orders")) {
            assertThat(lambda.listEventSourceMappings(list -> list.functionName(name))
                            .eventSourceMappings())
                    .extracting(EventSourceMappingConfiguration::uuid)
                    .containsExactly(uuid);
        }
        assertThat(lambda.listEventSourceMappings(list -> list.functionName("nobody"))
                        .eventSourceMappings())
                .isEmpty();
    }

    @Test
    void aListIsOfASource() {
        create("orders");
        String uuid = lambda.createEventSourceMapping(
                        create -> create.functionName("orders").topics("orders").eventSourceArn(ApiFixture.MSK))
                .uuid();

        assertThat(lambda.listEventSourceMappings(list -> list.eventSourceArn(ApiFixture.MSK))
                        .eventSourceMappings())
                .extracting(EventSourceMappingConfiguration::uuid)
                .containsExactly(uuid);
    }

    @ParameterizedTest
    @CsvSource({
        "MaxItems=0, MaxItems",
        "MaxItems=10001, MaxItems",
        "MaxItems=ten, MaxItems",
        "Marker=%21, Marker",
        "FunctionName=a%20b, FunctionName"
    })
    void aListThatCannotBeIsRefused(String query, String parameter) {
        RawHttp.Reply reply = new RawHttp(api.endpoint()).get(RawHttp.MAPPINGS + "?" + query);

        assertThat(reply.errorType()).isEqualTo("InvalidParameterValueException");
        assertThat(reply.message()).startsWith(parameter);
    }

    private String create(String topic) {
        return lambda.createEventSourceMapping(request(topic)).uuid();
    }
}
