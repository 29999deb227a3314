package dev.kafila;

import dev.kafila.aws.AwsClients;
import dev.kafila.settings.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.apache.camel.spi.Registry;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/** The clients for AWS that routes share. They are made while Camel starts: loading the SDK takes about as long as that. */
final class Clients implements AutoCloseable {
    /** More than one process has threads: how many mappings there will be nobody knows. */
    private static final int MAPPING_CONNECTIONS = 10_000;

    private final List<Client> clients = new ArrayList<>();

    private Clients() {}

    private record Client(String bean, CompletableFuture<SdkAutoCloseable> made) {
        SdkAutoCloseable get() {
            try {
                return made.join();
            } catch (CompletionException e) {
                throw e.getCause() instanceof RuntimeException reason ? reason : e;
            }
        }
    }

    /** @param plugins finds a credentials provider of the plug-in directory */
    static Clients of(Settings settings, ClassLoader plugins) {
        Clients clients = new Clients();
        var lambda = settings.lambda();
        if (lambda.enabled()) {
            clients.make(
                    Application.LAMBDA_CLIENT,
                    () -> AwsClients.lambda(lambda.aws(), lambda.timeout(), lambda.maxInFlight()),
                    plugins);
        }
        var bus = settings.eventBridge();
        if (bus.enabled()) {
            clients.make(
                    Application.EVENT_BRIDGE_CLIENT,
                    () -> AwsClients.eventBridge(bus.aws(), bus.timeout(), bus.maxInFlight()),
                    plugins);
        }
        if (bus.enabled() && bus.offloads()) {
            clients.make(
                    Application.S3_CLIENT, () -> AwsClients.s3(bus.aws(), bus.timeout(), bus.maxInFlight()), plugins);
        }
        var mapping = settings.mapping();
        if (mapping.enabled()) {
            clients.make(
                    Application.MAPPING_CLIENT,
                    () -> AwsClients.lambda(mapping.aws(), mapping.polling().timeout(), MAPPING_CONNECTIONS),
                    plugins);
        }
        return clients;
    }

    private void make(String bean, Supplier<SdkAutoCloseable> maker, ClassLoader plugins) {
        CompletableFuture<SdkAutoCloseable> client = new CompletableFuture<>();
        Thread thread = new Thread(() -> complete(client, maker), "kafila-aws-clients");
        thread.setDaemon(true);
        thread.setContextClassLoader(plugins);
        thread.start();
        clients.add(new Client(bean, client));
    }

    private static void complete(CompletableFuture<SdkAutoCloseable> client, Supplier<SdkAutoCloseable> maker) {
        try {
            client.complete(maker.get());
        } catch (RuntimeException | LinkageError e) {
            client.completeExceptionally(e);
        }
    }

    /**
     * Makes them known by name; who looks one up waits until it is made. Not by type: Camel would use a lone client for every
     * endpoint of a user's own, whatever region that names.
     */
    void bind(Registry registry) {
        clients.forEach(client -> registry.bind(client.bean(), Object.class, client::get));
    }

    @Override
    public void close() {
        for (Client client : clients) {
            // One that could not be made was told to whoever looked it up.
            SdkAutoCloseable made = client.made().exceptionally(failure -> null).join();
            if (made != null) {
                made.close();
            }
        }
    }
}
