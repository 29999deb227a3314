package dev.kafila.sandbox;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * The first command: a broker, an AWS endpoint and the routes of the working directory in one process, with sample records flowing and
 * told on the terminal. {@code -Dsandbox.records=N -Dsandbox.exit=true} sends N records and ends with status 0 if none is missing.
 */
public final class Sandbox {
    private static final int MORE_RECORDS = 3;
    private static final int PAUSE_SECONDS = 5;
    private static final int LOOK_MS = 50;
    private static final Duration FIRST_LOOK = Duration.ofSeconds(10);
    private static final String WELCOME = """

            Kafila's sandbox: a Kafka broker, an AWS endpoint and the routes of %s, in one process.
              broker   %s   topics orders, orders-dlt
              AWS      %s   what it received: curl %s/_sandbox
              health   %s/observe/health
              metrics  %s/observe/metrics
            """;
    private static final String TRY = """

            It keeps sending. While it runs:
              - edit %s and save it: it is reloaded, nothing is lost;
                with format: plain, for instance, the function receives records as text
              - let the function fail: curl -X POST '%s?answer=throttle&retry-after=2&times=3'
              - let it refuse the next batch for good: curl -X POST '%s?answer=status&status=400&type=InvalidRequestContentException&times=1'
              - see what the function received: curl '%s?last=1'
              - see the events that the bus took: curl '%s?last=1'
              - stop it with Ctrl-C: it drains first
            """;
    private static final String TRY_MAPPING = """
              - map the topic to a second function, as on AWS: curl %s -d \\
                '{"FunctionName":"audit-orders","Topics":["%s"],"SelfManagedEventSource":{"Endpoints":{"KAFKA_BOOTSTRAP_SERVERS":["%s"]}}}'
                and see what that received: curl '%s/functions/audit-orders?last=1'
            """;

    private static final String TRY_REQUEST = """
              - write a record by a request, which its schema turns into Protobuf: curl '%s?verbose=true' \\
                -H 'Content-Type: application/json' -H 'message-key: customer-7' -d '{"orderId":"order-7","cents":1250}'
                and see what is said to "cents":"much"
            """;

    private final Terminal terminal;
    private final SandboxOptions options;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final CountDownLatch stopped = new CountDownLatch(1);

    private Sandbox(SandboxOptions options, PrintStream out) {
        this.options = options;
        this.terminal = new Terminal(out);
    }

    /** Ends the JVM: with status 1 if a record is missing, or the ledger does not balance. */
    public static void main(String[] args) throws Exception {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        Sandbox sandbox = new Sandbox(SandboxOptions.of(System.getProperties()), out);
        Runtime.getRuntime().addShutdownHook(new Thread(sandbox::interrupt, "sandbox-shutdown"));
        System.exit(sandbox.run(Path.of("")));
    }

    /** Returns the status for the shell. */
    static int run(SandboxOptions options, Path directory, PrintStream out) throws Exception {
        return new Sandbox(options, out).run(directory);
    }

    private int run(Path directory) throws Exception {
        try (Workshop workshop = Workshop.open(directory, !options.exit())) {
            Audit audit = new Audit(workshop.producer().sent(), workshop.ledger());
            workshop.aws().onDelivery(invocation -> {
                PayloadRecords payload = PayloadRecords.of(invocation);
                // Whoever maps the topic to another function has every record there as well.
                if (invocation.function().equals(Workshop.FUNCTION)) {
                    audit.received(payload);
                }
                terminal.received(invocation, payload);
            });
            workshop.aws().events().onTaken(terminal::taken);
            greet(workshop, directory);
            terminal.sent(workshop.producer().send(options.records()));
            await(audit, options.exit() ? options.timeout() : FIRST_LOOK);
            if (options.exit()) {
                return settle(workshop, audit);
            }
            if (stopping.getCount() > 0) {
                keepSending(workshop, directory);
            }
            workshop.drain();
            terminal.ledger(workshop.ledger());
            terminal.say(audit.summary() + ".");
            return 0;
        } finally {
            stopped.countDown();
        }
    }

    private void greet(Workshop workshop, Path directory) {
        String aws = workshop.aws().endpoint().toString();
        String observe = workshop.managementUrl();
        Path routes = directory.resolve("routes").toAbsolutePath();
        terminal.say(WELCOME.formatted(routes, workshop.broker().bootstrapServers(), aws, aws, observe, observe));
    }

    private void await(Audit audit, Duration timeout) throws InterruptedException {
        long deadline = System.nanoTime() + timeout.toNanos();
        while (!audit.isSettled() && System.nanoTime() < deadline) {
            if (stopping.await(LOOK_MS, TimeUnit.MILLISECONDS)) {
                return;
            }
        }
    }

    private void keepSending(Workshop workshop, Path directory) throws InterruptedException {
        String sandbox = workshop.aws().endpoint() + SandboxAdmin.PATH;
        String function = sandbox + "/functions/" + Workshop.FUNCTION;
        Path route = directory.resolve("routes/kafka-to-lambda.camel.yaml").toAbsolutePath();
        terminal.ledger(workshop.ledger());
        terminal.say(TRY.formatted(route, function + "/answers", function + "/answers", function, sandbox + "/events")
                + workshop.mappingUrl()
                        .map(url -> TRY_MAPPING.formatted(
                                url, Workshop.TOPIC, workshop.broker().bootstrapServers(), sandbox))
                        .orElse("")
                + workshop.requestUrl().map(TRY_REQUEST::formatted).orElse(""));
        int shown = 0;
        int requested = 0;
        while (!stopping.await(PAUSE_SECONDS, TimeUnit.SECONDS)) {
            terminal.sent(workshop.producer().send(MORE_RECORDS));
            List<ConsumerRecord<byte[], byte[]>> deadLetters = workshop.deadLetters();
            terminal.deadLettered(deadLetters.subList(shown, deadLetters.size()));
            shown = deadLetters.size();
            List<ConsumerRecord<byte[], byte[]>> written = workshop.requested();
            terminal.requested(written.subList(requested, written.size()));
            requested = written.size();
        }
    }

    private int settle(Workshop workshop, Audit audit) throws IOException {
        workshop.drain();
        terminal.ledger(workshop.ledger());
        List<String> problems = audit.problems(workshop.broker(), workshop.group());
        terminal.say("");
        if (problems.isEmpty()) {
            terminal.say("It adds up: " + audit.summary() + ".");
            return 0;
        }
        terminal.problems(problems);
        return 1;
    }

    private void interrupt() {
        stopping.countDown();
        try {
            stopped.await(options.timeout().toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
