package dev.kafila.lambda;

import dev.kafila.aws.AwsClients;
import dev.kafila.batch.Ledger;
import dev.kafila.delivery.Opened;
import dev.kafila.delivery.RecordAge;
import dev.kafila.delivery.TargetState;
import dev.kafila.failure.Sink;
import dev.kafila.format.Formatters;
import dev.kafila.format.PayloadAssembler;
import dev.kafila.format.RecordFormatter;
import dev.kafila.pipeline.PipelineOptions;
import dev.kafila.pipeline.RecordPipeline;
import dev.kafila.pipeline.SourceState;
import dev.kafila.report.ReportOptions;
import dev.kafila.report.ReportWriter;
import java.time.InstantSource;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.apache.camel.CamelContext;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckRegistry;
import org.apache.camel.support.CamelContextHelper;
import software.amazon.awssdk.services.lambda.LambdaClient;

/** The functions that a sink delivers to and what they share, from start to close. */
final class LambdaTargets implements AutoCloseable {
    private final CamelContext context;
    private final LambdaOptions options;
    private final String sink;
    private final InvocationListener listener;
    private final Functions functions;
    private final PayloadAssembler assembler;
    private final RecordAge age;
    private final Reporting reporting;
    /** Null if nothing is to be reported. */
    private final ReportWriter reports;

    private final LambdaClient client;
    private final Opened opened;
    private final ConcurrentMap<FunctionName, LambdaTarget> targets = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, LambdaTarget> byTopic = new ConcurrentHashMap<>();

    private LambdaTargets(
            CamelContext context,
            LambdaOptions options,
            String sink,
            InvocationListener listener,
            LambdaClient client,
            Opened opened) {
        this.context = context;
        this.options = options;
        this.sink = sink;
        this.listener = listener;
        this.client = client;
        this.opened = opened;
        functions = options.functions();
        PipelineOptions steps = options.pipeline(context);
        RecordFormatter formatter = Formatters.create(options.format(), options.formatOptions(steps), context);
        SourceState sources = new SourceState(flow(), options.retry().maxDelay());
        RecordPipeline pipeline =
                RecordPipeline.start(steps, formatter.decodes(), formatter.decodesHeaders(), sources, context);
        opened.add(pipeline::close);
        assembler = new PayloadAssembler(formatter, pipeline, options.batch(), options.payloadLimit());
        age = new RecordAge(options.maxRecordAge(), InstantSource.system());
        ReportOptions reported = options.reports(context);
        reporting = new Reporting(reported.answers(), reported.givenUp(), options.batch());
        reports = reported.enabled() ? new ReportWriter(context, reported, steps, sources) : null;
        if (reports != null) {
            opened.add(reports::close);
        }
        opened.add(this::closeTargets);
        options.known().forEach(this::target);
        register(sources);
        opened.add(() -> unregister(sources));
    }

    /**
     * Makes what is known before any record is.
     *
     * @param sink     tells it from others of the same process
     * @param listener of all its functions
     * @throws IllegalArgumentException with the name of a parameter that is not right
     */
    static LambdaTargets start(CamelContext context, LambdaOptions options, String sink, InvocationListener listener) {
        Opened opened = new Opened();
        try {
            return new LambdaTargets(context, options, sink, listener, client(context, options, opened), opened);
        } catch (RuntimeException e) {
            opened.closeAfter(e);
            throw e;
        }
    }

    private static LambdaClient client(CamelContext context, LambdaOptions options, Opened opened) {
        if (!options.client().isEmpty()) {
            return CamelContextHelper.mandatoryLookup(context, options.client(), LambdaClient.class);
        }
        LambdaClient own = AwsClients.lambda(options.aws(), options.timeout(), options.connections());
        opened.add(own::close);
        return own;
    }

    /** The name that a user knows the flow by, or one that no other has. */
    private String flow() {
        return options.route().isEmpty() ? sink : options.route();
    }

    private void register(HealthCheck check) {
        HealthCheckRegistry health = HealthCheckRegistry.get(context);
        if (health != null) {
            health.register(check);
        }
    }

    private void unregister(HealthCheck check) {
        HealthCheckRegistry health = HealthCheckRegistry.get(context);
        if (health != null) {
            health.unregister(check);
        }
    }

    /** @throws NoFunctionException if the topic has none */
    LambdaTarget of(String topic) {
        return byTopic.computeIfAbsent(topic, name -> target(functions.of(name).orQualified(options.qualifier())));
    }

    private LambdaTarget target(FunctionName function) {
        return targets.computeIfAbsent(function, this::make);
    }

    private LambdaTarget make(FunctionName function) {
        Sink named = new Sink(sink, options.route(), function.toString());
        TargetState state = new TargetState("lambda", "function", named);
        LambdaInvoker invoker = new LambdaInvoker(context, client, function, options.async());
        register(state);
        Invoker watched =
                new WatchedInvoker(invoker, Ledger.of(context).calls(flow()), listener, options.retryStatus());
        return new LambdaTarget(
                state, invoker, new BatchDelivery(options, named, assembler, watched, reporting, age, state));
    }

    /** Null if nothing is to be reported. */
    ReportWriter reports() {
        return reports;
    }

    private void closeTargets() {
        targets.values().forEach(target -> {
            unregister(target.state());
            target.invoker().close();
        });
    }

    @Override
    public void close() {
        opened.close();
    }
}
