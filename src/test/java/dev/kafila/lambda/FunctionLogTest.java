package dev.kafila.lambda;

import static dev.kafila.record.TestRecords.records;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.kafila.sandbox.SandboxAws;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What a function logs is asked for and shown at debug, and never otherwise. */
class FunctionLogTest {
    private final SandboxAws aws = SandboxAws.start();
    private final Logger logger = (Logger) LoggerFactory.getLogger(FunctionLog.class);
    private final ListAppender<ILoggingEvent> shown = new ListAppender<>();

    @BeforeEach
    void listen() {
        logger.setLevel(Level.DEBUG);
        shown.start();
        logger.addAppender(shown);
    }

    @AfterEach
    void stop() {
        logger.detachAppender(shown);
        logger.setLevel(null);
        aws.close();
    }

    @Test
    void atDebugItIsShownWithTheFunctionAndTheRecords() throws Exception {
        assertThat(deliver("sync")).isEqualTo("Tail");

        assertThat(shown.list).singleElement().satisfies(event -> assertThat(event.getFormattedMessage())
                .startsWith("orders-0@0..1 made function orders log:\nSTART RequestId: "));
    }

    @Test
    void aboveDebugItIsNotAskedFor() throws Exception {
        logger.setLevel(Level.INFO);

        assertThat(deliver("sync")).isNull();
        assertThat(shown.list).isEmpty();
    }

    @Test
    void anAsynchronousCallHasNone() throws Exception {
        assertThat(deliver("async")).isNull();
        assertThat(shown.list).isEmpty();
    }

    @Test
    void onlyTheLastFourKilobytesAreShown() {
        String log = "first" + "x".repeat(4096 - 4) + "last";

        FunctionLog.show(new FunctionName("f", "live"), "orders-0@7", base64(log));

        assertThat(shown.list.get(0).getFormattedMessage())
                .startsWith("orders-0@7 made function f:live log:\nx")
                .endsWith("xlast")
                .hasSize("orders-0@7 made function f:live log:\n".length() + 4096);
    }

    @Test
    void whatIsNoLogHarmsNothing() {
        FunctionLog.show(new FunctionName("f", null), "orders-0@7", "?");
        FunctionLog.show(new FunctionName("f", null), "orders-0@7", null);

        assertThat(shown.list).singleElement().satisfies(event -> assertThat(event.getFormattedMessage())
                .isEqualTo("What orders-0@7 made function f log is not Base64"));
    }

    /** Returns the log type that was asked for, null if none was. */
    private String deliver(String invocationType) throws Exception {
        try (LambdaFlow flow =
                LambdaFlow.to(aws).with("invocationType", invocationType).start()) {
            var unused = flow.send(null, records("a", "b")).get(20, TimeUnit.SECONDS);
            return aws.function(LambdaFlow.FUNCTION)
                    .delivered()
                    .get(0)
                    .headers()
                    .get("x-amz-log-type");
        }
    }

    private static String base64(String log) {
        return Base64.getEncoder().encodeToString(log.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }
}
