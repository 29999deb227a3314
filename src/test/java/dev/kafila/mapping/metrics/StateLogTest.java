package dev.kafila.mapping.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.kafila.mapping.Mapping;
import dev.kafila.mapping.MappingStatus;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.lambda.model.EventSourceMappingConfiguration;

class StateLogTest {
    private static final String FUNCTION = "arn:aws:lambda:eu-west-1:123456789012:function:orders";
    private static final Mapping MAPPING = new Mapping(
            3,
            Mapping.Wanted.ENABLED,
            EventSourceMappingConfiguration.builder()
                    .uuid("5b3c")
                    .functionArn(FUNCTION)
                    .build(),
            Map.of());

    private final Logger logger = (Logger) LoggerFactory.getLogger(StateLog.NAME);
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private final StateLog log = new StateLog(InstantSource.fixed(Instant.parse("2026-11-21T15:00:00Z")));

    @BeforeEach
    void listen() {
        logger.setLevel(Level.INFO);
        lines.start();
        logger.addAppender(lines);
    }

    @AfterEach
    void listenNoMore() {
        logger.detachAppender(lines);
        logger.setLevel(null);
    }

    @Test
    void aChangeIsOneLine() {
        log.changed(MAPPING, status("Creating", "USER_INITIATED"), status("Enabled", "USER_INITIATED"));

        assertThat(lines.list).singleElement().satisfies(line -> {
            assertThat(line.getLevel()).isEqualTo(Level.INFO);
            assertThat(line.getFormattedMessage())
                    .isEqualTo(
                            "Mapping 5b3c to " + FUNCTION + " is Enabled after Creating (USER_INITIATED), version 3");
        });
    }

    @Test
    void inJsonEachPartIsAFieldOfItsOwn() throws Exception {
        log.changed(MAPPING, status("Enabled", "USER_INITIATED"), status("Enabled", "EVENT_SOURCE_AUTHN_ERROR"));

        JsonNode parts = json().path("kvpList");
        assertThat(parts.findValuesAsText("uuid")).containsExactly("5b3c");
        assertThat(parts.findValuesAsText("function")).containsExactly(FUNCTION);
        assertThat(parts.findValuesAsText("from")).containsExactly("Enabled");
        assertThat(parts.findValuesAsText("to")).containsExactly("Enabled");
        assertThat(parts.findValuesAsText("reason")).containsExactly("EVENT_SOURCE_AUTHN_ERROR");
        assertThat(parts.findValuesAsText("version")).containsExactly("3");
        assertThat(parts.findValuesAsText("time")).containsExactly("2026-11-21T15:00:00Z");
    }

    @Test
    void whatNobodyWantedIsAWarning() {
        log.changed(MAPPING, status("Enabled", "USER_INITIATED"), status("Enabled", "FUNCTION_CONFIG_NOT_VALID"));

        assertThat(lines.list).extracting(ILoggingEvent::getLevel).containsExactly(Level.WARN);
    }

    @Test
    void theFirstStateComesFromNone() throws Exception {
        log.changed(MAPPING, null, status("Creating", "USER_INITIATED"));

        assertThat(json().path("kvpList").findValuesAsText("from")).containsExactly("");
        assertThat(lines.list.get(0).getFormattedMessage()).contains("is Creating (USER_INITIATED)");
    }

    private JsonNode json() throws IOException {
        JsonEncoder encoder = new JsonEncoder();
        encoder.setContext((LoggerContext) LoggerFactory.getILoggerFactory());
        encoder.start();
        return JsonMapper.builder().build().readTree(encoder.encode(lines.list.get(0)));
    }

    private static MappingStatus status(String state, String reason) {
        return new MappingStatus(3, state, reason, "OK", 1);
    }
}
