package dev.kafila;

import dev.kafila.aws.AwsClients;
import dev.kafila.settings.LambdaSettings;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.camel.spi.Registry;
import software.amazon.awssdk.services.lambda.LambdaClient;

/** The clients for AWS that routes share. They are made while Camel starts: loading the SDK takes about as long as that. */
final class Clients implements AutoCloseable {
    /** Null while no route calls Lambda. */
    private final CompletableFuture<LambdaClient> lambda;

    private Clients(CompletableFuture<LambdaClient> lambda) {
        this.lambda = lambda;
    }

    /** @param plugins finds a credentials provider of the plug-in directory */
    static Clients of(LambdaSettings lambda, ClassLoader plugins) {
        if (!lambda.enabled()) {
            return new Clients(null);
        }
        CompletableFuture<LambdaClient> client = new CompletableFuture<>();
        Thread thread = new Thread(() -> complete(client, lambda), "kafila-aws-clients");
        thread.setDaemon(true);
        thread.setContextClassLoader(plugins);
        thread.start();
        return new Clients(client);
    }

    private static void complete(CompletableFuture<LambdaClient> client, LambdaSettings lambda) {
        try {
            client.complete(AwsClients.lambda(lambda.aws(), lambda.timeout(), lambda.maxInFlight()));
        } catch (RuntimeException | LinkageError e) {
            client.completeExceptionally(e);
        }
    }

    /**
     * Makes them known by name; who looks one up waits until it is made. Not by type: Camel would use a lone client for every
     * endpoint of a user's own, whatever region that names.
     */
    void bind(Registry registry) {
        if (lambda != null) {
            registry.bind(Application.LAMBDA_CLIENT, Object.class, this::made);
        }
    }

    private LambdaClient made() {
        try {
            return lambda.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException reason ? reason : e;
        }
    }

    @Override
    public void close() {
        if (lambda != null) {
            // One that could not be made was told to whoever looked it up.
            LambdaClient client = lambda.exceptionally(failure -> null).join();
            if (client != null) {
                client.close();
            }
        }
    }
}
