package dev.kafila;

import static dev.kafila.Workplace.ask;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import org.apache.camel.spi.Registry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.lambda.LambdaClient;

class ApplicationTest {
    @TempDir
    Path directory;

    private Workplace place;

    @BeforeEach
    void place() {
        place = new Workplace(directory);
    }

    @Test
    void aRouteOfTheDirectoryRunsWithAKameletOfTheDirectory() throws Exception {
        place.route("greet", "direct:greet", "kamelet:shout?end=!");
        place.kamelet("shout", "${body}{{end}}");

        try (Application application = place.start(Map.of())) {
            assertThat(ask(application, "direct:greet", "hello")).isEqualTo("hello!");
        }
    }

    @Test
    void severalRunInOneProcess() throws Exception {
        place.route("greet", "direct:greet", "kamelet:shout?end={{end}}");
        place.kamelet("shout", "${body}{{end}}");

        try (Application one = place.start(Map.of("end", "1"));
                Application two = place.start(Map.of("end", "2"))) {
            assertThat(ask(one, "direct:greet", "hello")).isEqualTo("hello1");
            assertThat(ask(two, "direct:greet", "hello")).isEqualTo("hello2");
        }
    }

    @Test
    void aParameterThatAKameletDoesNotHaveStopsTheStart() throws Exception {
        place.route("greet", "direct:greet", "kamelet:shout?end=!&loud=true");
        place.kamelet("shout", "${body}{{end}}");

        assertThatThrownBy(() -> place.start(Map.of())).hasMessageContaining("shout has no parameter loud; it has end");
    }

    @Test
    void aRouteConfigurationThatIsNotThereStopsTheStart() throws Exception {
        place.routes("greet", """
                - route:
                    id: greet
                    routeConfigurationId: "delivery-failures,lambda-dead-leters"
                    from:
                      uri: direct:greet
                      steps:
                        - to: log:greet
                """);

        assertThatThrownBy(() -> place.start(Map.of()))
                .hasMessageContaining(
                        "Route greet names the route configuration lambda-dead-leters, which is not there; there are")
                .hasMessageContaining("lambda-dead-letters");
    }

    @Test
    void theClientOfLambdaIsFoundByItsNameAndNotForEndpointsOfAUsersOwn() throws Exception {
        Map<String, String> settings = Map.of(
                "kafila.lambda.topics", "orders",
                "kafila.lambda.function", "f",
                "kafila.lambda.validate", "false",
                "kafila.aws.region", "eu-west-1",
                "kafila.kafka.brokers", "127.0.0.1:1");

        try (Application application = place.start(settings)) {
            Registry registry = application.camelContext().getRegistry();
            assertThat(registry.lookupByNameAndType(Application.LAMBDA_CLIENT, LambdaClient.class))
                    .isNotNull();
            assertThat(registry.findByType(LambdaClient.class)).isEmpty();
        }
    }
}
