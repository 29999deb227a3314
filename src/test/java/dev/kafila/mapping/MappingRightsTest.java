package dev.kafila.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.kafila.Application;
import dev.kafila.Workplace;
import dev.kafila.sandbox.SandboxAws;
import dev.kafila.sandbox.SecuredBroker;
import dev.kafila.sandbox.SecuredBroker.Listener;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
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

/** What the README asks an administrator of the cluster to grant is enough. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class MappingRightsTest {
    private static final String USER = "kafila";
    private static final String SHARED = "kafila-event-source-mappings";

    @TempDir
    private Path directory;

    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void mappingsAreMadeKeptAndDeletedWithTheRightsOfTheReadme() throws Exception {
        try (SecuredBroker broker = SecuredBroker.start();
                SandboxAws aws = SandboxAws.start()) {
            broker.setPassword(USER, "secret");
            broker.open().createTopic("orders", 1);
            grant(broker);
            Map<String, String> settings = new HashMap<>(
                    Map.of(
                            "kafila.kafka.brokers",
                            broker.address(Listener.OPENSCRAM),
                            "kafila.kafka.security-protocol",
                            "SASL_PLAINTEXT",
                            "kafila.kafka.sasl-mechanism",
                            "SCRAM-SHA-512",
                            "kafila.kafka.sasl-jaas-config",
                            "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"kafila\" password=\"secret\";"));
            settings.putAll(Map.of(
                    "kafila.mapping.enabled", "true",
                    "kafila.mapping.port", "0",
                    "kafila.mapping.brokers", broker.open().bootstrapServers(),
                    "kafila.aws.endpoint", aws.endpoint().toString(),
                    "kafila.aws.region", "eu-west-1",
                    "kafila.aws.access-key-id", "test",
                    "kafila.aws.secret-access-key", "test"));

            try (Application application = new Workplace(directory).start(settings)) {
                URI mappings = URI.create("http://127.0.0.1:"
                        + application.mappingPort().getAsInt() + "/2015-03-31/event-source-mappings/");
                String made = ask(HttpRequest.newBuilder(mappings)
                        .POST(BodyPublishers.ofString(
                                "{\"FunctionName\":\"on-order\",\"Topics\":[\"orders\"],\"SelfManagedEventSource\":{\"Endpoints\":"
                                        + "{\"KAFKA_BOOTSTRAP_SERVERS\":[\""
                                        + broker.open().bootstrapServers() + "\"]}}}")));
                assertThat(made).contains("\"State\":\"Creating\"");
                soon(mappings, "\"State\":\"Enabled\"");
                URI mapping = mappings.resolve(made.replaceAll("(?s).*\"UUID\":\"([^\"]+)\".*", "$1"));
                ask(HttpRequest.newBuilder(mapping).DELETE());
                soon(mappings, "\"EventSourceMappings\":[]");
            }
        }
    }

    private static void grant(SecuredBroker broker) throws Exception {
        Stream<AclBinding> topic = Stream.of(
                        AclOperation.CREATE,
                        AclOperation.DESCRIBE,
                        AclOperation.DESCRIBE_CONFIGS,
                        AclOperation.READ,
                        AclOperation.WRITE)
                .map(operation -> allow(ResourceType.TOPIC, operation));
        Stream<AclBinding> group = Stream.of(AclOperation.DESCRIBE, AclOperation.READ)
                .map(operation -> allow(ResourceType.GROUP, operation));
        List<AclBinding> rights = Stream.concat(topic, group).toList();
        broker.open().admin().createAcls(rights).all().get();
    }

    private static AclBinding allow(ResourceType type, AclOperation operation) {
        return new AclBinding(
                new ResourcePattern(type, SHARED, PatternType.LITERAL),
                new AccessControlEntry("User:" + USER, "*", operation, AclPermissionType.ALLOW));
    }

    private String ask(HttpRequest.Builder request) throws Exception {
        return http.send(request.build(), BodyHandlers.ofString()).body();
    }

    private void soon(URI uri, String part) {
        await().atMost(60, TimeUnit.SECONDS).untilAsserted(() -> assertThat(ask(HttpRequest.newBuilder(uri)))
                .contains(part));
    }
}
