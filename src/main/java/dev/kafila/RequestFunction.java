package dev.kafila;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.kafila.gateway.function.RequestFlow;
import dev.kafila.logging.Logging;
import dev.kafila.reload.Reasons;
import dev.kafila.settings.FunctionSettings;
import dev.kafila.settings.LogFormat;
import dev.kafila.settings.Settings;
import dev.kafila.settings.Sources;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Requests into Kafka as a function of AWS Lambda. It starts when it is made, which is Lambda's init phase; all invocations share its
 * producer and its schemas. Who cannot start it is told why, and no request is answered then.
 */
public final class RequestFunction implements RequestStreamHandler, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RequestFunction.class);

    private final KafilaMain main;
    private final RequestFlow flow;

    /** Made by Lambda: starts with the settings of this process. */
    public RequestFunction() throws Exception {
        this(logged(FunctionSettings.load(Sources.ofProcess())));
    }

    RequestFunction(Settings settings) throws Exception {
        main = new KafilaMain(settings.camelProperties(), RequestFunction.class.getClassLoader()).closed();
        main.configure().withRoutesIncludePattern(RequestFlow.ROUTE);
        main.addInitialProperty("camel.component.kamelet.location", "classpath:kamelets");
        try {
            Logging.withoutTrace(() -> {
                main.start();
                return main;
            });
        } catch (Exception | LinkageError e) {
            Exception told = new StartException(Reasons.of(e, main.getCamelContext()), e);
            main.stop();
            throw told;
        }
        flow = new RequestFlow(main.getCamelContext());
        flow.warmUp();
        LOG.info("Takes requests into {}", String.join(", ", settings.gateway().topics()));
    }

    private static Settings logged(Settings settings) {
        Logging.configure(
                settings.logFormat() == LogFormat.JSON,
                settings.camelProperties().get("kafila.log-level"));
        return settings;
    }

    @Override
    public void handleRequest(InputStream request, OutputStream answer, Context invocation) throws IOException {
        Duration time = Duration.ofMillis(invocation.getRemainingTimeInMillis());
        answer.write(flow.answer(request.readAllBytes(), time));
    }

    /** Lambda never calls it. */
    @Override
    public void close() throws IOException {
        flow.close();
        main.stop();
    }
}
