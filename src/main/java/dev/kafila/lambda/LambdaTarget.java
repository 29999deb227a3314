package dev.kafila.lambda;

import dev.kafila.aws.AwsClients;
import dev.kafila.failure.Sink;
import dev.kafila.format.Formatters;
import dev.kafila.format.PayloadAssembler;
import dev.kafila.format.RecordFormatter;
import dev.kafila.lambda.LambdaOutcome.Configuration;
import dev.kafila.lambda.LambdaOutcome.Delivered;
import dev.kafila.pipeline.PipelineOptions;
import dev.kafila.pipeline.RecordPipeline;
import java.util.concurrent.ExecutorService;
import org.apache.camel.CamelContext;
import org.apache.camel.health.HealthCheckRegistry;
import org.apache.camel.support.CamelContextHelper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.lambda.LambdaClient;

/** A function with everything that it takes to deliver to it, from start to close. */
final class LambdaTarget implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LambdaTarget.class);

    private final CamelContext context;
    private final LambdaOptions options;
    private final FunctionState state;
    private final RecordPipeline pipeline;
    private final BatchDelivery delivery;
    private final LambdaInvoker invoker;
    /** Null if the client is somebody else's. */
    private final LambdaClient ownClient;
    /** Null if the function is not looked for. */
    private final ExecutorService checker;

    private LambdaTarget(CamelContext context, LambdaOptions options, Sink sink) throws Exception {
        this.context = context;
        this.options = options;
        state = new FunctionState(sink);
        // First what only reads the options: a bad one leaves no client behind.
        PipelineOptions pipelineOptions = options.pipeline(context);
        RecordFormatter formatter =
                Formatters.create(options.format(), options.formatOptions(pipelineOptions.decoded()), context);
        pipeline = RecordPipeline.start(pipelineOptions, formatter.decodes(), formatter.decodesHeaders(), context);
        PayloadAssembler assembler = new PayloadAssembler(formatter, pipeline, options.batch(), options.payloadLimit());
        delivery = new BatchDelivery(options, assembler, this::invoke, state);
        boolean own = options.client().isEmpty();
        ownClient = own ? AwsClients.lambda(options.aws(), options.timeout(), options.connections()) : null;
        LambdaClient client =
                own ? ownClient : CamelContextHelper.mandatoryLookup(context, options.client(), LambdaClient.class);
        invoker = new LambdaInvoker(context, client, options.function(), options.qualifier(), options.async());
        checker = options.validate()
                ? context.getExecutorServiceManager().newSingleThreadExecutor(this, "KafilaFunctionCheck")
                : null;
    }

    /** Throws {@link IllegalArgumentException} with the name of a parameter that is not right. */
    static LambdaTarget start(CamelContext context, LambdaOptions options, Sink sink) throws Exception {
        LambdaTarget target = new LambdaTarget(context, options, sink);
        HealthCheckRegistry health = HealthCheckRegistry.get(context);
        if (health != null) {
            health.register(target.state);
        }
        if (target.checker != null) {
            // Not on this thread: looking for credentials alone may take seconds, and records need not wait for it.
            target.checker.execute(target::check);
        }
        return target;
    }

    private LambdaAnswer invoke(byte[] payload) {
        return invoker.invoke(payload);
    }

    BatchDelivery delivery() {
        return delivery;
    }

    /** Says at the start what the first delivery would say, perhaps hours later. */
    private void check() {
        LambdaAnswer answer = invoker.check();
        LambdaOutcome outcome = Interpretation.of(answer, options.retryStatus());
        if (outcome instanceof Delivered) {
            LOG.info("Function {} exists and may be invoked", options.function());
        } else if (outcome instanceof Configuration problem && answer.status() != 403) {
            String reason = BatchDelivery.reason(options.function(), problem);
            state.broken(reason);
            LOG.error("{}. Nothing is lost: records wait in Kafka until that is put right", reason);
        } else {
            // Also where invoking is permitted and asking is not.
            LOG.warn("Whether function {} exists could not be checked: {}", options.function(), outcome);
        }
    }

    @Override
    public void close() {
        if (checker != null) {
            context.getExecutorServiceManager().shutdownNow(checker);
        }
        HealthCheckRegistry health = HealthCheckRegistry.get(context);
        if (health != null) {
            health.unregister(state);
        }
        invoker.close();
        if (ownClient != null) {
            ownClient.close();
        }
        pipeline.close();
    }
}
