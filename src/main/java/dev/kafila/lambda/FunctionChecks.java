package dev.kafila.lambda;

import dev.kafila.aws.AwsClients;
import dev.kafila.aws.AwsSettingsException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import org.apache.camel.support.CamelContextHelper;
import software.amazon.awssdk.services.lambda.LambdaClient;

/**
 * The checks of the functions of one sink. A sink that makes its own client has none before it starts, and one that is only rehearsed
 * never starts: so these have a client of their own, closed by the last of them.
 */
final class FunctionChecks {
    private final CamelContext context;
    private final LambdaOptions options;
    private final AtomicInteger left;
    private LambdaClient client;

    private FunctionChecks(CamelContext context, LambdaOptions options, int functions) {
        this.context = context;
        this.options = options;
        left = new AtomicInteger(functions);
    }

    /** @throws IllegalArgumentException with the name of a parameter that is not right */
    static List<Supplier<Optional<String>>> of(CamelContext context, LambdaOptions options) {
        Set<FunctionName> functions = options.known();
        FunctionChecks checks = new FunctionChecks(context, options, functions.size());
        List<Supplier<Optional<String>>> all = new ArrayList<>();
        functions.forEach(function -> all.add(() -> checks.check(function)));
        return all;
    }

    private Optional<String> check(FunctionName function) {
        try {
            return new FunctionCheck(client(), function, options).problem();
        } catch (AwsSettingsException e) {
            return Optional.of(e.getMessage());
        } finally {
            if (left.decrementAndGet() == 0) {
                close();
            }
        }
    }

    private synchronized LambdaClient client() {
        if (client == null) {
            client = options.client().isEmpty()
                    ? AwsClients.lambda(options.aws(), options.timeout(), options.connections())
                    : CamelContextHelper.mandatoryLookup(context, options.client(), LambdaClient.class);
        }
        return client;
    }

    private synchronized void close() {
        if (client != null && options.client().isEmpty()) {
            client.close();
        }
    }
}
