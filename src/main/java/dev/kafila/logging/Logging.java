package dev.kafila.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.camel.impl.engine.AbstractCamelContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The log of the process, on standard output. It is set up in code and not by a {@code logback.xml}, which an application that embeds
 * the kamelets would find on its class path.
 */
public final class Logging {
    /** Logback's own property: with it, its file decides everything. */
    private static final String OWN_FILE = "logback.configurationFile";

    /** They announce their whole configuration at every start; what an operator needs of it, Kafila says. */
    private static final List<String> TALKATIVE = List.of(
            "org.apache.camel",
            "org.apache.kafka",
            "software.amazon.awssdk",
            "org.apache.http",
            "io.vertx",
            "io.netty");

    private Logging() {}

    /**
     * Sets the log up, unless a file of the user's does.
     *
     * @param json  one object a line, instead of text
     * @param level of Kafila and of what routes log; others log warnings, or with {@code DEBUG} what they announce
     */
    public static void configure(boolean json, String level) {
        if (System.getProperty(OWN_FILE) != null
                || !(LoggerFactory.getILoggerFactory() instanceof LoggerContext context)) {
            return;
        }
        context.reset();
        ConsoleAppender<ILoggingEvent> console = new ConsoleAppender<>();
        console.setContext(context);
        console.setEncoder(json ? json(context) : text(context));
        console.start();
        Level own = Level.toLevel(level);
        ch.qos.logback.classic.Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        root.setLevel(own);
        root.addAppender(console);
        Level others = own.isGreaterOrEqual(Level.INFO) ? Level.WARN : Level.INFO;
        TALKATIVE.forEach(name -> context.getLogger(name).setLevel(others));
    }

    /**
     * Runs a start without what Camel itself logs about one that fails, a stack trace of some hundred lines: the caller says why it did.
     * A file of the user's decides for itself.
     */
    public static <T> T withoutTrace(Callable<T> start) throws Exception {
        if (System.getProperty(OWN_FILE) != null
                || !(LoggerFactory.getILoggerFactory() instanceof LoggerContext context)) {
            return start.call();
        }
        ch.qos.logback.classic.Logger camel = context.getLogger(AbstractCamelContext.class);
        Level before = camel.getLevel();
        camel.setLevel(Level.OFF);
        try {
            return start.call();
        } finally {
            camel.setLevel(before);
        }
    }

    private static Encoder<ILoggingEvent> text(LoggerContext context) {
        PatternLayoutEncoder encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        encoder.setCharset(StandardCharsets.UTF_8);
        encoder.setPattern("%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX} %-5level %logger{0}: %msg%n");
        encoder.start();
        return encoder;
    }

    private static Encoder<ILoggingEvent> json(LoggerContext context) {
        JsonEncoder encoder = new JsonEncoder();
        encoder.setContext(context);
        encoder.setWithSequenceNumber(false);
        encoder.setWithNanoseconds(false);
        encoder.setWithContext(false);
        encoder.setWithFormattedMessage(true);
        // The pattern and its arguments would say the same again.
        encoder.setWithMessage(false);
        encoder.setWithArguments(false);
        encoder.start();
        return encoder;
    }
}
