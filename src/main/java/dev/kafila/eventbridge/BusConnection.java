package dev.kafila.eventbridge;

import dev.kafila.aws.AwsClients;
import dev.kafila.aws.AwsSettingsException;
import dev.kafila.delivery.Accounts;
import dev.kafila.delivery.GivingUp;
import dev.kafila.delivery.RecordAge;
import dev.kafila.delivery.TargetState;
import dev.kafila.failure.Sink;
import dev.kafila.pipeline.PipelineOptions;
import dev.kafila.pipeline.RecordPipeline;
import dev.kafila.pipeline.SourceState;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckRegistry;
import org.apache.camel.support.CamelContextHelper;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;

/** The bus that a sink delivers to, from start to close. */
final class BusConnection implements AutoCloseable {
    private final CamelContext context;
    private final EventBridgeClient client;
    private final boolean ownClient;
    private final RecordPipeline pipeline;
    private final EventBridgeInvoker invoker;
    private final RequestThreads threads;
    /** Null if nothing is offloaded. */
    private final S3Uploads uploads;

    private final LimitMeter meter;
    private final List<HealthCheck> checks;
    private final BusTarget target;

    private BusConnection(CamelContext context, EventBridgeOptions options, String id, EventBridgeClient client) {
        this.context = context;
        this.client = client;
        ownClient = options.client().isEmpty();
        EntryOptions entries = options.entries();
        Sink sink = new Sink(id, options.route(), entries.bus());
        String name = options.route().isEmpty() ? id : options.route();
        SourceState sources = new SourceState(name, options.retry().maxDelay());
        TargetState state = new TargetState("eventbridge", "bus", sink);
        PipelineOptions steps = options.pipeline(context);
        pipeline = RecordPipeline.start(steps, true, steps.readsHeaders(), sources, context);
        invoker = new EventBridgeInvoker(context, client, entries.bus(), options.endpointId());
        threads = new RequestThreads(context, name);
        uploads = entries.offload() == null
                ? null
                : S3Uploads.to(entries.offload().bucket(), context, options);
        RequestLimiter limiter = new RequestLimiter(entries.bus(), options.maxInFlight(), options.rateLimit());
        meter = new LimitMeter(context, limiter, name, entries.bus());
        checks = List.of(sources, state);
        target = new BusTarget(
                sink,
                options.ordered(),
                new EntryReader(pipeline, new EntryFormatter(entries, options.payloadLimit())),
                new RequestSender(invoker::put, uploads, options.retryStatus()),
                limiter,
                threads,
                new RecordAge(options.maxRecordAge(), InstantSource.system()),
                options.retry(),
                options.onFailure(),
                new GivingUp(
                        "bus " + entries.bus(),
                        EventBridgeDelivery.class,
                        options.retry(),
                        options.onFailure(),
                        Accounts.AT_ONCE),
                state);
        HealthCheckRegistry health = HealthCheckRegistry.get(context);
        if (health != null) {
            checks.forEach(health::register);
        }
    }

    /**
     * Makes what it takes to deliver.
     *
     * @param id tells the sink from others of the same process
     * @throws IllegalArgumentException with the name of a parameter that is not right
     */
    static BusConnection start(CamelContext context, EventBridgeOptions options, String id) {
        if (!options.client().isEmpty()) {
            return new BusConnection(context, options, id, shared(context, options));
        }
        EventBridgeClient own = AwsClients.eventBridge(options.aws(), options.timeout(), options.maxInFlight());
        try {
            return new BusConnection(context, options, id, own);
        } catch (RuntimeException e) {
            own.close();
            throw e;
        }
    }

    /**
     * Asks what is wrong with the bus, with a client of its own: a sink that is only rehearsed never starts.
     *
     * @throws IllegalArgumentException with the name of a parameter that is not right
     */
    static Supplier<Optional<String>> check(CamelContext context, EventBridgeOptions options) {
        String bus = options.entries().bus();
        String endpointId = options.endpointId();
        Set<Integer> retryStatus = options.retryStatus();
        return () -> {
            if (!options.client().isEmpty()) {
                return new BusCheck(shared(context, options), bus, endpointId, retryStatus).problem();
            }
            try (EventBridgeClient own = AwsClients.eventBridge(options.aws(), options.timeout(), 1)) {
                return new BusCheck(own, bus, endpointId, retryStatus).problem();
            } catch (AwsSettingsException e) {
                return Optional.of(e.getMessage());
            }
        };
    }

    private static EventBridgeClient shared(CamelContext context, EventBridgeOptions options) {
        return CamelContextHelper.mandatoryLookup(context, options.client(), EventBridgeClient.class);
    }

    /** @param kept entries of the batch that are made already, by offset */
    BusDelivery delivery(Map<Long, Entry> kept) {
        return new BusDelivery(target, kept);
    }

    @Override
    public void close() {
        HealthCheckRegistry health = HealthCheckRegistry.get(context);
        if (health != null) {
            checks.forEach(health::unregister);
        }
        meter.close();
        threads.close();
        invoker.close();
        if (uploads != null) {
            uploads.close();
        }
        if (ownClient) {
            client.close();
        }
        pipeline.close();
    }
}
