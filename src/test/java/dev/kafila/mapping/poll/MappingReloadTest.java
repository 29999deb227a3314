package dev.kafila.mapping.poll;

import static dev.kafila.mapping.poll.PollerFixture.allowed;
import static dev.kafila.mapping.poll.PollerFixture.await;
import static dev.kafila.mapping.poll.PollerFixture.mapping;
import static dev.kafila.mapping.poll.PollerFixture.produce;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kafila.Application;
import dev.kafila.Workplace;
import dev.kafila.batch.SharedBroker;
import dev.kafila.mapping.Mapping;
import dev.kafila.sandbox.SandboxBroker;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Route;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SharedBroker.class)
@Timeout(value = 90, unit = TimeUnit.SECONDS)
class MappingReloadTest {

    @Test
    void aReloadOfRouteFilesLeavesMappingsAloneAndTheyShowAmongThePartitions(
            SandboxBroker broker, @TempDir Path directory) throws Exception {
        String topic = "reloaded-" + UUID.randomUUID();
        broker.createTopic(topic, 1);
        Workplace place = new Workplace(directory);
        place.route("greet", "direct:greet", "language:simple:${body}.");
        Mapping mapping = mapping(broker.bootstrapServers(), topic, "orders", configuration -> {});
        try (Application application = place.start(
                        Map.of(
                                "kafila.kafka.brokers", "127.0.0.1:1",
                                "kafila.kafka.security-protocol", "SASL_SSL",
                                "kafila.kafka.sasl-mechanism", "PLAIN",
                                "kafila.kafka.sasl-jaas-config",
                                        "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"own\" password=\"own\";"));
                PollerFixture fixture = new PollerFixture(application.camelContext())) {
            fixture.allowing(allowed(broker.bootstrapServers()));
            fixture.run(1, mapping);
            produce(broker, topic, 0, 3);
            await(() -> broker.committed(mapping.uuid()).containsValue(3L));
            Route route = application.camelContext().getRoute("mapping-" + mapping.uuid());

            place.route("greet", "direct:greet", "language:simple:${body}!");
            await(() -> "hello!".equals(Workplace.ask(application, "direct:greet", "hello")));
            produce(broker, topic, 0, 2);
            await(() -> broker.committed(mapping.uuid()).containsValue(5L));

            assertThat(application.camelContext().getRoute("mapping-" + mapping.uuid()))
                    .isSameAs(route);
            assertThat(Workplace.get(application, "/observe/partitions").body())
                    .contains("\"route\":\"mapping-" + mapping.uuid() + "\"");
            assertThat(Workplace.get(application, "/observe/health").body())
                    .contains("consumer:greet")
                    .doesNotContain("consumer:mapping-" + mapping.uuid());
        }
    }
}
