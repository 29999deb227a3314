package dev.kafila.eventbridge;

import dev.kafila.aws.AwsClients;
import dev.kafila.aws.AwsSettingsException;
import dev.kafila.delivery.Accounts;
import dev.kafila.delivery.GivingUp;
import dev.kafila.delivery.Opened;
import dev.kafila.delivery.RecordAge;
import dev.kafila.delivery.TargetState;
import dev.kafila.failure.Sink;
import dev.kafila.pipeline.PipelineOptions;
import dev.kafila.pipeline.RecordPipeline;
import dev.kafila.pipeline.SourceState;
import java.time.InstantSource;
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
    private final Opened opened;
    private final BusTarget target;

    private BusConnection(
            CamelContext context, EventBridgeOptions options, String id, EventBridgeClient client, Opened opened) {
        this.opened = opened;
        EntryOptions entries = options.entries();
        Sink sink = new Sink(id, options.route(), entries.bus());
        String name = options.route().isEmpty() ? id : options.route();
        SourceState sources = new SourceState(name, options.retry().maxDelay());
        TargetState state = new TargetState("eventbridge", "bus", sink);
        PipelineOptions steps = options.pipeline(context);
        RecordPipeline pipeline = RecordPipeline.start(steps, true, steps.readsHeaders(), sources, context);
        opened.add(pipeline::close);
        EventBridgeInvoker invoker = new EventBridgeInvoker(context, client, entries.bus(), options.endpointId());
        opened.add(invoker::close);
        RequestThreads threads = new RequestThreads(context, name);
        opened.add(threads::close);
        RequestLimiter limiter = new RequestLimiter(entries.bus(), options.maxInFlight(), options.rateLimit());
        opened.add(new LimitMeter(context, limiter, name, entries.bus())::close);
        target = new BusTarget(
                sink,
                options.ordered(),
                new EntryReader(pipeline, new EntryFormatter(entries, options.payloadLimit())),
                new RequestSender(invoker::put, uploads(context, options), options.retryStatus()),
                new RequestQueue(limiter, threads),
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
        register(context, sources);
        register(context, state);
    }

    /** Null if nothing is offloaded. */
    private S3Uploads uploads(CamelContext context, EventBridgeOptions options) {
        if (options.entries().offload() == null) {
            return null;
        }
        S3Uploads uploads = S3Uploads.to(options.entries().offload().bucket(), context, options);
        opened.add(uploads::close);
        return uploads;
    }

    private void register(CamelContext context, HealthCheck check) {
        HealthCheckRegistry health = HealthCheckRegistry.get(context);
        if (health != null) {
            health.register(check);
            opened.add(() -> health.unregister(check));
        }
    }

    /**
     * Makes what it takes to deliver.
     *
     * @param id tells the sink from others of the same process
     * @throws IllegalArgumentException with the name of a parameter that is not right
     */
    static BusConnection start(CamelContext context, EventBridgeOptions options, String id) {
        Opened opened = new Opened();
        try {
            return new BusConnection(context, options, id, client(context, options, opened), opened);
        } catch (RuntimeException e) {
            opened.closeAfter(e);
            throw e;
        }
    }

    private static EventBridgeClient client(CamelContext context, EventBridgeOptions options, Opened opened) {
        if (!options.client().isEmpty()) {
            return shared(context, options);
        }
        EventBridgeClient own = AwsClients.eventBridge(options.aws(), options.timeout(), options.maxInFlight());
        opened.add(own::close);
        return own;
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
        opened.close();
    }
}
