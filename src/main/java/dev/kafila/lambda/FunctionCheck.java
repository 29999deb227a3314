package dev.kafila.lambda;

import dev.kafila.aws.AwsFailure;
import dev.kafila.delivery.Outcome;
import dev.kafila.delivery.Outcome.Configuration;
import dev.kafila.preflight.Preflight;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.FunctionConfiguration;
import software.amazon.awssdk.services.lambda.model.InvocationType;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;
import software.amazon.awssdk.services.lambda.model.State;

/** Asks Lambda whether a function exists, may be invoked, works, and is done before our calls end. Nothing runs. */
final class FunctionCheck {
    private static final Logger LOG = LoggerFactory.getLogger(FunctionCheck.class);

    private static final AwsRequestOverrideConfiguration BOUNDED = AwsRequestOverrideConfiguration.builder()
            .apiCallTimeout(Preflight.LIMIT)
            .build();

    private final LambdaClient client;
    private final FunctionName function;
    private final LambdaOptions options;

    FunctionCheck(LambdaClient client, FunctionName function, LambdaOptions options) {
        this.client = client;
        this.function = function;
        this.options = options;
    }

    /** What no waiting puts right; empty if nothing is wrong, or if that cannot be found out now. */
    Optional<String> problem() {
        LambdaAnswer answer = dryRun();
        Outcome outcome = Interpretation.of(answer, options.retryStatus());
        if (outcome instanceof Configuration problem) {
            return wrong("cannot be invoked: " + problem.code() + " " + problem.reason());
        }
        if (answer.failure() != null) {
            LOG.warn(
                    "Whether function {} exists and may be invoked is not known: {}. Its route starts all the same",
                    function,
                    answer.failure().code());
            return Optional.empty();
        }
        LOG.info("Function {} exists and may be invoked", function);
        return ofConfiguration();
    }

    private LambdaAnswer dryRun() {
        try {
            InvokeResponse asked = client.invoke(request -> request.functionName(function.name())
                    .qualifier(function.qualifier())
                    .invocationType(InvocationType.DRY_RUN)
                    .overrideConfiguration(BOUNDED));
            return LambdaAnswer.answered(asked.statusCode(), null, null);
        } catch (SdkException e) {
            return LambdaAnswer.failed(AwsFailure.of(e));
        }
    }

    private Optional<String> ofConfiguration() {
        FunctionConfiguration configuration;
        try {
            configuration = client.getFunction(request -> request.functionName(function.name())
                            .qualifier(function.qualifier())
                            .overrideConfiguration(BOUNDED))
                    .configuration();
        } catch (SdkException e) {
            // Usual: invoking needs no such permission, and nothing else here does.
            LOG.debug("How long function {} may run is not known", function, e);
            return Optional.empty();
        }
        if (configuration.state() == State.FAILED) {
            return wrong("cannot be invoked until it is updated, Lambda says Failed: "
                    + configuration.stateReasonCodeAsString() + " " + configuration.stateReason());
        }
        if (configuration.state() == State.INACTIVE) {
            LOG.warn("Function {} is inactive: the first invocations may fail while Lambda wakes it", function);
        }
        return options.async() || configuration.timeout() == null
                ? Optional.empty()
                : ofTimeout(Duration.ofSeconds(configuration.timeout()));
    }

    private Optional<String> ofTimeout(Duration runs) {
        if (runs.compareTo(options.timeout()) <= 0) {
            return Optional.empty();
        }
        return wrong("may run for " + seconds(runs) + ", and a call ends after " + seconds(options.timeout())
                + ", so that records would come again while it still works on them: raise kafila.lambda.timeout"
                + " (callTimeout of the kamelet) to " + seconds(runs) + " or more, or lower the function's timeout");
    }

    private Optional<String> wrong(String what) {
        return Optional.of("function " + function + " (kafila.lambda.function) " + what);
    }

    private static String seconds(Duration duration) {
        return duration.toMillis() % 1000 == 0 ? duration.toSeconds() + "s" : duration.toMillis() + "ms";
    }
}
