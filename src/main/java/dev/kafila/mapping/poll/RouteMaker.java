package dev.kafila.mapping.poll;

import dev.kafila.batch.RecordBatch;
import dev.kafila.lambda.InvocationListener;
import dev.kafila.lambda.LambdaDelivery;
import dev.kafila.mapping.Allowance;
import dev.kafila.mapping.Mapping;
import dev.kafila.mapping.MappingIdentity;
import dev.kafila.mapping.destination.Destination;
import dev.kafila.mapping.destination.DestinationClients;
import dev.kafila.mapping.destination.DestinationSink;
import dev.kafila.mapping.destination.Origin;
import dev.kafila.mapping.schemas.SchemaOptions;
import dev.kafila.settings.MappingSettings;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.camel.CamelContext;
import org.apache.camel.Processor;
import org.apache.camel.model.ModelCamelContext;
import software.amazon.awssdk.services.lambda.model.EventSourceMappingConfiguration;

/** Makes routes of mappings. What it does to the context it does for one mapping after another: Camel does not expect two at a time. */
final class RouteMaker {
    private static final Duration DEFAULT_WINDOW = Duration.ofMillis(500);
    private static final int DEFAULT_BATCH_SIZE = 100;
    /** Nothing of a request goes into the address of an endpoint that would mean something there. */
    private static final Pattern TOPIC = Pattern.compile("[\\w.-]{1,249}");

    private static final Pattern GROUP = Pattern.compile("[\\w\\-/*:+=.@]{1,200}");

    private final ModelCamelContext context;
    private final MappingSettings settings;
    private final String clientBean;
    private final Allowance allowance;
    private final Secrets secrets;
    private final DestinationClients destinations;

    RouteMaker(CamelContext context, MappingSettings settings, String clientBean, DestinationClients destinations) {
        this.context = (ModelCamelContext) context;
        this.settings = settings;
        this.clientBean = clientBean;
        this.destinations = destinations;
        allowance = new Allowance(settings.allowed());
        secrets = new Secrets(allowance, settings.aws());
    }

    /**
     * What the mapping says about delivery, with what it needs of its secrets.
     *
     * @throws SourceException if the mapping is not one that may be run
     */
    Map<String, Object> delivery(Mapping mapping) {
        EventSourceMappingConfiguration configuration = mapping.configuration();
        Optional<String> refusal = allowance.refusal(configuration);
        if (refusal.isPresent()) {
            throw new SourceException(Problem.configuration(refusal.get()));
        }
        Map<String, Object> options = DeliveryOptions.of(mapping, addresses(configuration));
        options.put("client", clientBean);
        try {
            options.putAll(SchemaOptions.of(
                    configuration, settings.aws(), uri -> secrets.get(uri).fields()));
        } catch (IllegalArgumentException e) {
            throw new SourceException(Problem.configuration(e.getMessage() + "."));
        }
        return options;
    }

    private String addresses(EventSourceMappingConfiguration configuration) {
        return SourceSecurity.addresses(allowance.brokers(configuration));
    }

    /**
     * Starts the route of a mapping.
     *
     * @param delivery as {@link #delivery(Mapping)} says
     * @throws SourceException if the mapping is not one that may be run
     */
    synchronized MappingRoute start(
            Mapping mapping, int pollers, Map<String, Object> delivery, InvocationListener listener) throws Exception {
        String id = MappingRoute.id(mapping.uuid());
        Map<String, Object> parameters = parameters(mapping.configuration(), pollers);
        parameters.put("client", id);
        SourceClients clients = new SourceClients(mapping.configuration(), allowance, secrets);
        Map<String, Object> beans = new LinkedHashMap<>();
        beans.put("clients", clients);
        beans.put("delivery", sink(delivery, listener));
        beans.put("destination", destination(mapping, delivery, clients));
        List<String> names =
                beans.keySet().stream().map(bean -> id + "-" + bean).toList();
        MappingRoute route = new MappingRoute(
                context, mapping, delivery, names, settings.polling().drainTimeout());
        beans.forEach((name, bean) -> {
            parameters.put(name, id + "-" + name);
            // Not as what it is: Camel would use a lone one for every endpoint that wants its type.
            context.getRegistry().bind(id + "-" + name, Object.class, () -> bean);
        });
        add(id, parameters, route);
        return route;
    }

    private void add(String id, Map<String, Object> parameters, MappingRoute route) throws Exception {
        try {
            if (context.getRouteTemplateDefinition(MappingTemplate.ID) == null) {
                context.addRoutes(new MappingTemplate());
            }
            context.addRouteFromTemplate(id, MappingTemplate.ID, parameters);
        } catch (Exception e) {
            remove(route, e);
            throw e;
        }
    }

    private static void remove(MappingRoute route, Exception failure) {
        try {
            route.remove();
        } catch (Exception e) {
            failure.addSuppressed(e);
        }
    }

    /** Removes a route that is drained. */
    synchronized void remove(MappingRoute route) throws Exception {
        route.remove();
    }

    private Map<String, Object> parameters(EventSourceMappingConfiguration mapping, int pollers) {
        MappingSettings.Polling polling = settings.polling();
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("topic", matching(TOPIC, "topic", mapping.topics()));
        String group = Optional.ofNullable(MappingIdentity.group(mapping)).orElse(mapping.uuid());
        parameters.put("group", matching(GROUP, "consumer group", List.of(group)));
        parameters.put("pollers", pollers);
        parameters.put("batchSize", Optional.ofNullable(mapping.batchSize()).orElse(DEFAULT_BATCH_SIZE));
        Duration window = Optional.ofNullable(mapping.maximumBatchingWindowInSeconds())
                .map(Duration::ofSeconds)
                .orElse(DEFAULT_WINDOW);
        parameters.put("linger", window.toMillis());
        parameters.put("startingPosition", startingPosition(mapping));
        parameters.put("bufferBytes", polling.bufferBytes());
        parameters.put("maxInFlight", polling.maxInFlight());
        parameters.put("drainTimeout", polling.drainTimeout().toMillis());
        parameters.put("probeInterval", polling.probeInterval().toMillis());
        return parameters;
    }

    private static String startingPosition(EventSourceMappingConfiguration mapping) {
        if (mapping.startingPosition() == null) {
            return "earliest";
        }
        return switch (mapping.startingPosition()) {
            case LATEST -> "latest";
            case AT_TIMESTAMP -> mapping.startingPositionTimestamp().toString();
            default -> "earliest";
        };
    }

    private static String matching(Pattern form, String what, List<String> names) {
        if (names.size() != 1 || !form.matcher(names.get(0)).matches()) {
            throw new SourceException(Problem.configuration("It names no " + what + " that Kafka could have."));
        }
        return names.get(0);
    }

    private static LambdaDelivery sink(Map<String, Object> options, InvocationListener listener) {
        LambdaDelivery sink = new LambdaDelivery();
        sink.setOptions(options);
        sink.setListener(listener);
        return sink;
    }

    private Processor destination(Mapping mapping, Map<String, Object> delivery, SourceClients clients) {
        EventSourceMappingConfiguration configuration = mapping.configuration();
        if (!DeliveryOptions.hasDestination(configuration)) {
            return exchange -> {
                throw new IllegalStateException("There is no destination for "
                        + exchange.getMessage().getBody(RecordBatch.class).coordinates());
            };
        }
        String named = configuration.destinationConfig().onFailure().destination();
        Destination destination = Destination.read(named)
                .orElseThrow(() -> new SourceException(
                        Problem.configuration("It cannot send what it gives up to " + named + ".")));
        Origin origin = new Origin(
                mapping.uuid(), configuration.functionArn(), configuration.eventSourceArn(), addresses(configuration));
        return new DestinationSink(context, origin, destination, delivery, destinations, clients);
    }
}
