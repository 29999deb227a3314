package dev.kafila.gateway.publish;

import static dev.kafila.gateway.publish.GatewayFlow.order;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kafila.sandbox.SecuredBroker;
import dev.kafila.sandbox.SecuredBroker.Listener;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.camel.builder.RouteBuilder;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is answered by a cluster that lets Kafila do less than it has to, and that nobody has to start Kafila again afterwards. */
@Timeout(120)
class GatewayAccessTest {
    private static final String USER = "gate";
    private static final String LOGIN = "org.apache.kafka.common.security.scram.ScramLoginModule required username=\""
            + USER + "\" password=\"right\";";

    @Test
    void theKameletConnectsAsItsParametersSayAndNotAsTheRestOfCamel(@TempDir Path directory) throws Exception {
        try (SecuredBroker broker = SecuredBroker.start();
                GatewayFlow flow = new GatewayFlow(directory, "localhost:1").topics("orders")) {
            broker.open().createTopic("orders", 1);
            broker.setPassword(USER, "right");
            broker.allowWrites(USER, "orders");
            flow.start();
            flow.context().addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:mine")
                            .to("kamelet:kafila-request-sink?topics=orders&schemas=directory&schemaDirectory=RAW("
                                    + directory + ")&brokers=" + broker.address(Listener.OPENSCRAM)
                                    + "&securityProtocol=SASL_PLAINTEXT&saslMechanism=SCRAM-SHA-512&saslJaasConfig=RAW("
                                    + LOGIN + ")");
                }
            });

            String answer = flow.context()
                    .createProducerTemplate()
                    .requestBody("direct:mine", order("orders", 1), String.class);

            assertThat(answer).isEqualTo("{\"statusCode\":\"200\",\"message\":\"ok\"}");
            assertThat(broker.open().records("orders")).hasSize(1);
        }
    }

    @Test
    void eachRightThatIsMissingIsNamedAndNeededNoLongerThanItIsMissing(@TempDir Path directory) throws Exception {
        try (SecuredBroker broker = SecuredBroker.start();
                GatewayFlow flow = flow(broker, directory)) {
            broker.open().createTopic("orders", 1);
            flow.start();

            expect(flow, "the cluster of topic orders does not let Kafila in: ");
            broker.setPassword(USER, "right");
            expect(flow, "Kafila may not write to topic orders: grant it WRITE and DESCRIBE");
            allow(broker, AclOperation.DESCRIBE);
            expect(flow, "Kafila may not write to topic orders idempotently: ");
            broker.allowWrites(USER, "orders");
            await().atMost(Duration.ofSeconds(30)).until(() -> status(flow).equals("200"));

            assertThat(broker.open().records("orders")).hasSize(1);
        }
    }

    private static GatewayFlow flow(SecuredBroker broker, Path directory) throws Exception {
        return new GatewayFlow(directory, broker.address(Listener.OPENSCRAM))
                .topics("orders")
                .with("kafila.gateway.timeout", "5s")
                .with("kafila.kafka.security-protocol", "SASL_PLAINTEXT")
                .with("kafila.kafka.sasl-mechanism", "SCRAM-SHA-512")
                .with("kafila.kafka.sasl-jaas-config", LOGIN);
    }

    /** The broker takes a moment to know what it was told. */
    private static void expect(GatewayFlow flow, String reason) {
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            JsonNode answer = flow.ask(order("orders", 1));
            assertThat(answer.path("statusCode").asText()).isEqualTo("500");
            assertThat(answer.path("message").asText())
                    .startsWith("Error message: " + reason)
                    .doesNotContain("may have been written", "right\"");
        });
    }

    private static String status(GatewayFlow flow) {
        return flow.ask(order("orders", 1)).path("statusCode").asText();
    }

    private static void allow(SecuredBroker broker, AclOperation operation) throws Exception {
        AccessControlEntry rule = new AccessControlEntry("User:" + USER, "*", operation, AclPermissionType.ALLOW);
        ResourcePattern topic = new ResourcePattern(ResourceType.TOPIC, "orders", PatternType.LITERAL);
        broker.open()
                .admin()
                .createAcls(List.of(new AclBinding(topic, rule)))
                .all()
                .get();
    }
}
