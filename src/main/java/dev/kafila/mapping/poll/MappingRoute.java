package dev.kafila.mapping.poll;

import dev.kafila.batch.MemberControl;
import dev.kafila.batch.MemberState;
import dev.kafila.mapping.Mapping;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Route;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.RouteDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.lambda.model.EventSourceMappingConfiguration;
import software.amazon.awssdk.services.lambda.model.ProvisionedPollerConfig;

/** The running route of one mapping. For one thread, but for what says otherwise. */
final class MappingRoute {
    private static final Logger LOG = LoggerFactory.getLogger(MappingRoute.class);
    private static final int SECONDS_AFTER_DRAIN = 10;

    private final ModelCamelContext context;
    private final Map<String, Object> delivery;
    private final List<String> beans;
    private final Duration drainTimeout;

    /** Of this version or, with nothing that a route is made of changed, of a later one. */
    private volatile Mapping mapping;

    /**
     * @param delivery what its sink was made of
     * @param beans    of this route alone, which go with it
     */
    MappingRoute(
            ModelCamelContext context,
            Mapping mapping,
            Map<String, Object> delivery,
            List<String> beans,
            Duration drainTimeout) {
        this.context = context;
        this.mapping = mapping;
        this.delivery = Map.copyOf(delivery);
        this.beans = List.copyOf(beans);
        this.drainTimeout = drainTimeout;
    }

    /** The id of a mapping's route. */
    static String id(String uuid) {
        return "mapping-" + uuid;
    }

    /** On any thread. */
    Mapping mapping() {
        return mapping;
    }

    /** Goes on as the route of a later version, and tells whether that may be: tags, for instance, are nothing that it is made of. */
    boolean adopts(Mapping later) {
        boolean same = madeOf(mapping).equals(madeOf(later));
        if (same) {
            mapping = later;
        }
        return same;
    }

    private static EventSourceMappingConfiguration madeOf(Mapping mapping) {
        return mapping.configuration().toBuilder()
                .state(null)
                .lastModified(null)
                .provisionedPollerConfig((ProvisionedPollerConfig) null)
                .build();
    }

    /** Whether its sink was made of the same. */
    boolean isMadeOf(Map<String, Object> other) {
        return delivery.equals(other);
    }

    /** On any thread; empty once it is stopped. */
    List<MemberState> members() {
        MemberControl control = control();
        return control == null ? List.of() : control.members();
    }

    private MemberControl control() {
        Route route = context.getRoute(id(mapping.uuid()));
        return route != null && route.getConsumer() instanceof MemberControl control ? control : null;
    }

    void resize(int pollers) {
        MemberControl control = control();
        if (control != null) {
            control.setMembers(pollers);
        }
    }

    /**
     * Lets calls that are out finish, and waits for that. Camel itself would wait under the lock of the whole context, and hold up all
     * other mappings.
     */
    void drain() throws InterruptedException {
        MemberControl control = control();
        if (control != null) {
            control.setMembers(0);
            control.awaitEnded(drainTimeout.plusSeconds(SECONDS_AFTER_DRAIN));
        }
    }

    /** Removes the route and what was made for it, once it is drained. */
    void remove() throws Exception {
        String id = id(mapping.uuid());
        context.getRouteController().stopRoute(id, SECONDS_AFTER_DRAIN, TimeUnit.SECONDS);
        RouteDefinition definition = context.getRouteDefinition(id);
        if (definition != null) {
            context.removeRouteDefinition(definition);
        }
        beans.forEach(context.getRegistry()::unbind);
        LOG.info("Mapping {} has ended here, version {}", mapping.uuid(), mapping.version());
    }
}
