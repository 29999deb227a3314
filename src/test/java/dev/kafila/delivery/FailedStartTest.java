package dev.kafila.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kafila.eventbridge.EventBridgeDelivery;
import dev.kafila.lambda.LambdaDelivery;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A sink whose last steps of starting fail leaves nothing open: a reload that is refused happens again and again. */
class FailedStartTest {
    @TempDir
    Path directory;

    private Map<String, Object> options(Map<String, String> own) {
        Map<String, Object> options = new HashMap<>(own);
        options.put("validate", "false");
        options.put("region", "eu-central-1");
        options.put("valueConverter", HeldFile.class.getName());
        options.put("connectProperties", "{\"value-converter.file\":\"%s\"}".formatted(directory.resolve("held")));
        return options;
    }

    @Test
    void aFunctionsSinkThatHasNowhereToReportToClosesItsConverters() {
        LambdaDelivery sink = new LambdaDelivery();
        sink.setOptions(options(Map.of("function", "carry", "format", "plain", "responseTopic", "answers")));
        sink.setCamelContext(new DefaultCamelContext());

        assertThatThrownBy(sink::start).hasStackTraceContaining("reporterBrokers");
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void aBussSinkWithoutTheClientOfItsUploadsClosesItsConverters() {
        EventBridgeDelivery sink = new EventBridgeDelivery();
        sink.setOptions(options(Map.of("bus", "orders", "offloadBucket", "large", "offloadClient", "missing")));
        sink.setCamelContext(new DefaultCamelContext());

        assertThatThrownBy(sink::start).hasStackTraceContaining("missing");
        assertThat(directory).isEmptyDirectory();
    }
}
