package dev.kafila.mapping;

import dev.kafila.batch.Ledger;
import dev.kafila.mapping.api.MappingApi;
import dev.kafila.mapping.api.MappingService;
import dev.kafila.mapping.destination.DestinationClients;
import dev.kafila.mapping.metrics.MeteredPollers;
import dev.kafila.mapping.metrics.StateLog;
import dev.kafila.mapping.poll.RoutePollers;
import dev.kafila.mapping.scale.PollerMeters;
import dev.kafila.mapping.store.Coordinator;
import dev.kafila.mapping.store.KafkaMappingStore;
import dev.kafila.settings.MappingSettings;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.component.kafka.KafkaConfiguration;
import org.apache.camel.component.kafka.KafkaEndpoint;
import org.apache.kafka.clients.CommonClientConfigs;

/** Event source mappings as this process serves and runs them. */
public final class Mappings implements AutoCloseable {
    private final KafkaMappingStore store;
    private final DestinationClients destinations;
    private final RoutePollers pollers;
    private final Coordinator coordinator;
    private final MappingApi api;

    private Mappings(CamelContext context, MappingSettings settings, String clientBean) {
        store = new KafkaMappingStore(() -> cluster(context, settings.shared().topic()), settings.shared());
        destinations = new DestinationClients(settings.aws());
        pollers = new RoutePollers(context, settings, clientBean, destinations);
        Collection<MeterRegistry> meters = context.getRegistry().findByType(MeterRegistry.class);
        coordinator = new Coordinator(
                store,
                Coordinator.newName(),
                settings,
                new MeteredPollers(pollers, Ledger.of(context), meters, RoutePollers::route),
                new StateLog(Clock.systemUTC()),
                new PollerMeters(meters));
        api = MappingApi.start(MappingService.of(store, settings), settings.api());
        store.start();
        coordinator.start();
    }

    /**
     * Serves the API and runs what mappings there are; a broker that is away is waited for.
     *
     * @param context    started
     * @param clientBean name of the client of Lambda
     * @throws IllegalStateException                if the API's port cannot be listened on
     * @throws dev.kafila.aws.AwsSettingsException if nothing names a region
     */
    public static Mappings start(CamelContext context, MappingSettings settings, String clientBean) {
        return new Mappings(context, settings, clientBean);
    }

    /** The cluster's properties as Camel's component {@code kafka} has them, which knows all of {@code kafila.kafka.*}. */
    private static Map<String, Object> cluster(CamelContext context, String topic) {
        KafkaConfiguration configuration =
                context.getEndpoint("kafka:" + topic, KafkaEndpoint.class).getConfiguration();
        Map<String, Object> properties = new HashMap<>();
        configuration.createConsumerProperties().forEach((name, value) -> properties.put(name.toString(), value));
        properties.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, configuration.getBrokers());
        return properties;
    }

    /** Where the API listens. */
    public int port() {
        return api.port();
    }

    /** Answers nobody any more, lets others run what ran here, and drains. */
    @Override
    public void close() {
        api.close();
        coordinator.close();
        pollers.close();
        destinations.close();
        store.close();
    }
}
