package dev.kafila.sandbox;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * A loopback endpoint that speaks what the flows need of AWS: Lambda's Invoke and GetFunction, EventBridge's PutEvents and DescribeEventBus, STS's
 * AssumeRole, Glue's schemas, objects of S3, values of Secrets Manager, messages of SQS and SNS. It refuses what AWS refuses, fails as told,
 * and keeps what it received. {@code GET /_sandbox} shows and steers the same by
 * HTTP, see {@link SandboxAdmin}.
 */
public final class SandboxAws implements AutoCloseable {
    private static final int SECONDS = 20;
    private static final int MAX_HEAD_BYTES = 64 * 1024;

    private final int port = LoopbackPorts.take(1).get(0);
    private final ConcurrentMap<String, SandboxFunction> functions = new ConcurrentHashMap<>();
    private final List<Consumer<Invocation>> listeners = new CopyOnWriteArrayList<>();
    private final SandboxEvents events = new SandboxEvents();
    private final SandboxRoles roles = new SandboxRoles();
    private final SandboxSchemas schemas = new SandboxSchemas();
    private final SandboxSecrets secrets = new SandboxSecrets();
    private final SandboxBuckets buckets = new SandboxBuckets();
    private final SandboxMessages queues = SandboxMessages.queues();
    private final SandboxMessages topics = SandboxMessages.topics();
    private final LambdaProtocol lambda = new LambdaProtocol(this::existing);
    private final EventsProtocol eventBridge = new EventsProtocol(events);
    private final StsProtocol sts = new StsProtocol(roles);
    private final GlueProtocol glue = new GlueProtocol(schemas);
    private final SecretsProtocol secretsManager = new SecretsProtocol(secrets);
    private final S3Protocol s3 = new S3Protocol(buckets);
    private final SqsProtocol sqs = new SqsProtocol(queues);
    private final SnsProtocol sns = new SnsProtocol(topics);
    private final SandboxAdmin adminApi = new SandboxAdmin(this);
    private final Vertx vertx;
    private final ReplyWriter writer;
    private volatile boolean onlyDeclared;
    private HttpServer server;

    private SandboxAws() {
        vertx = Vertx.vertx(new VertxOptions()
                .setEventLoopPoolSize(1)
                .setWorkerPoolSize(1)
                .setInternalBlockingPoolSize(1)
                .setFileSystemOptions(new FileSystemOptions()
                        .setClassPathResolvingEnabled(false)
                        .setFileCachingEnabled(false)));
        writer = new ReplyWriter(vertx);
    }

    public static SandboxAws start() {
        SandboxAws aws = new SandboxAws();
        aws.restart();
        return aws;
    }

    /** What to give an AWS client as endpoint override; the same after {@link #restart()}. */
    public URI endpoint() {
        return URI.create("http://" + LoopbackPorts.HOST + ":" + port);
    }

    /** The function of that name. Without {@link #declareFunctions} every function exists. */
    public SandboxFunction function(String name) {
        return functions.computeIfAbsent(name, made -> {
            SandboxFunction function = new SandboxFunction(made);
            function.onDelivery(invocation -> listeners.forEach(listener -> listener.accept(invocation)));
            return function;
        });
    }

    /** Tells of every invocation of any function that is answered with success, before the answer. */
    public void onDelivery(Consumer<Invocation> listener) {
        listeners.add(listener);
    }

    /** From now on only functions that were named, here or before, exist. */
    public void declareFunctions(String... names) {
        List.of(names).forEach(this::function);
        onlyDeclared = true;
    }

    /** Lets processes serve a function, until that is closed. */
    public SandboxRuntime runtime(String function) {
        return SandboxRuntime.start(vertx, function(function));
    }

    public SandboxEvents events() {
        return events;
    }

    public SandboxRoles roles() {
        return roles;
    }

    public SandboxSchemas schemas() {
        return schemas;
    }

    public SandboxSecrets secrets() {
        return secrets;
    }

    public SandboxBuckets buckets() {
        return buckets;
    }

    /** Queues of SQS. */
    public SandboxMessages queues() {
        return queues;
    }

    /** Topics of SNS. */
    public SandboxMessages topics() {
        return topics;
    }

    /** The functions that were named or called, by name. */
    Map<String, SandboxFunction> functions() {
        return new TreeMap<>(functions);
    }

    /** Forgets all answers and everything received. */
    public void reset() {
        functions.values().forEach(SandboxFunction::reset);
        events.reset();
        roles.reset();
        schemas.reset();
        secrets.reset();
        buckets.reset();
        queues.reset();
        topics.reset();
    }

    /** Closes all connections and refuses new ones, until {@link #restart()}. */
    public synchronized void stop() {
        if (server != null) {
            await(server.close());
            server = null;
        }
    }

    /** Serves again on the same port. */
    public synchronized void restart() {
        stop();
        HttpServer starting = vertx.createHttpServer(new HttpServerOptions()
                .setHandle100ContinueAutomatically(true)
                .setMaxInitialLineLength(MAX_HEAD_BYTES)
                .setMaxHeaderSize(MAX_HEAD_BYTES));
        starting.requestHandler(this::serve);
        await(starting.listen(port, LoopbackPorts.HOST));
        server = starting;
    }

    @Override
    public void close() {
        stop();
        await(vertx.close());
    }

    private void serve(HttpServerRequest request) {
        request.body().onSuccess(body -> {
            AwsRequest read = AwsRequest.of(request, body);
            Future<AwsReply> reply =
                    LambdaProtocol.speaks(read) ? lambda.handle(read) : Future.succeededFuture(route(read));
            reply.onSuccess(ready -> writer.write(request, ready));
        });
    }

    private AwsReply route(AwsRequest request) {
        if (request.path().startsWith(SandboxAdmin.PATH)) {
            return adminApi.handle(request);
        }
        String target = request.header("x-amz-target").orElse("");
        if (target.startsWith(EventsProtocol.TARGET_PREFIX)) {
            return eventBridge.handle(request);
        }
        if (target.startsWith(GlueProtocol.TARGET_PREFIX)) {
            return glue.handle(request);
        }
        if (target.startsWith(SecretsProtocol.TARGET_PREFIX)) {
            return secretsManager.handle(request);
        }
        if (target.startsWith(SqsProtocol.TARGET_PREFIX)) {
            return sqs.handle(request);
        }
        if (QueryProtocol.speaks(request)) {
            return query(request);
        }
        if (S3Protocol.speaks(request)) {
            return s3.handle(request);
        }
        Answer unknown = Answer.status(404, "UnknownOperationException");
        Map<String, String> headers = Map.of(
                "x-amzn-ErrorType",
                unknown.errorType(),
                "x-amzn-RequestId",
                UUID.randomUUID().toString());
        String text = JsonText.write(Map.of("message", "The sandbox does not know " + request.path()));
        return AwsReply.refusal(unknown, headers, text);
    }

    /** The services that are asked with a form are told apart by their signatures. */
    private AwsReply query(AwsRequest request) {
        String service = Signature.of(request).map(Signature::service).orElse("");
        return switch (service) {
            case SqsProtocol.SERVICE -> sqs.handle(request);
            case SnsProtocol.SERVICE -> sns.handle(request);
            default -> sts.handle(request);
        };
    }

    private SandboxFunction existing(String name) {
        return onlyDeclared ? functions.get(name) : function(name);
    }

    static void await(Future<?> future) {
        try {
            future.toCompletionStage().toCompletableFuture().get(SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("The sandbox's AWS endpoint neither starts nor stops", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while the AWS endpoint starts or stops", e);
        }
    }
}
