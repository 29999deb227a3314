package dev.kafila.eventbridge;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.kafila.aws.AwsClients;
import dev.kafila.aws.AwsSettings;
import dev.kafila.sandbox.Answer;
import dev.kafila.sandbox.SandboxAws;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;

@Timeout(60)
class BusCheckTest {
    private static final String ACCOUNT = "123456789012";
    private static final String ARN = "arn:aws:events:eu-central-1:" + ACCOUNT + ":event-bus/orders-bus";
    private static final Set<Integer> RETRY_STATUS = Set.of(500, 502, 503, 504);

    private final SandboxAws aws = SandboxAws.start();
    private final Logger logger = (Logger) LoggerFactory.getLogger(BusCheck.class);
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private final Map<String, String> settings = new HashMap<>(Map.of(
            "endpoint", aws.endpoint().toString(),
            "region", "eu-central-1",
            "access-key-id", "AKIDEXAMPLE",
            "secret-access-key", "secret"));

    @BeforeEach
    void listen() {
        aws.events().declareBus("orders-bus");
        aws.events().belongTo(ACCOUNT);
        lines.start();
        logger.addAppender(lines);
    }

    @AfterEach
    void stop() {
        logger.detachAppender(lines);
        aws.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"orders-bus", "default", ARN})
    void aBusThatExistsIsAskedForByNameAndByArn(String bus) {
        assertThat(problem(bus)).isEmpty();

        assertThat(warnings()).isEmpty();
        assertThat(aws.events().described()).isEqualTo(1);
        assertThat(aws.events().count()).isZero();
    }

    @Test
    void aBusThatDoesNotExistIsRefusedWithWhatWouldBecomeOfTheEvents() {
        assertThat(problem("typo"))
                .hasValue(
                        "event bus typo (kafila.eventbridge.bus) does not exist in eu-central-1, or in another account:"
                                + " EventBridge would take every event for it with success, and no rule would see one. Create it"
                                + " or correct its name");
    }

    @Test
    void whoMayOnlyPutEventsIsToldWhichPermissionIsMissingAndStarts() {
        String foreign = ARN.replace(ACCOUNT, "210987654321");

        assertThat(problem(foreign)).isEmpty();

        assertThat(warnings())
                .contains(foreign)
                .contains("AccessDeniedException 400: events:DescribeEventBus on it would let Kafila look");
    }

    @ParameterizedTest
    @CsvSource({
        "400, UnrecognizedClientException",
        "400, ExpiredTokenException",
        "403, InvalidSignatureException",
        "403, MissingAuthenticationTokenException",
        "400, ValidationException",
        "404, UnknownOperationException",
    })
    void whatNoWaitingPutsRightIsRefusedWithWhatAwsSays(int status, String type) {
        aws.events().answersDescribeWith(Answer.status(status, type, "the reason"));

        assertThat(problem("orders-bus"))
                .hasValue("event bus orders-bus (kafila.eventbridge.bus) cannot be used: " + type + " " + status
                        + " the reason");
    }

    @Test
    void credentialsThatSignNothingAreRefused() {
        settings.remove("access-key-id");
        settings.remove("secret-access-key");
        settings.put("profile", "no-such-profile");

        assertThat(problem("orders-bus")).get().asString().contains("cannot be used: credentials");
    }

    @ParameterizedTest
    @CsvSource({
        "400, ThrottlingException",
        "429, TooManyRequestsException",
        "500, InternalException",
        "503, ServiceUnavailable",
        "400, SomethingNew",
    })
    void whatMayPassByItselfIsAWarning(int status, String type) {
        aws.events().answersDescribeWith(Answer.status(status, type));

        assertThat(problem("orders-bus")).isEmpty();
        assertThat(warnings()).contains("orders-bus", type, "would be lost without an error");
    }

    @Test
    void anEventBridgeThatIsAwayIsAWarning() {
        aws.stop();

        assertThat(problem("orders-bus")).isEmpty();
        assertThat(warnings()).contains("connection");
    }

    @Test
    void theArnOfTheOtherRegionOfAGlobalEndpointIsAWarning() {
        aws.events().answersDescribeWith(Answer.status(400, "ResourceNotFoundException"));

        assertThat(problem(ARN.replace("eu-central-1", "eu-west-1"), "abcde.veo"))
                .isEmpty();
        assertThat(warnings()).contains("another region of the global endpoint");
        assertThat(problem(ARN, "abcde.veo")).isPresent();
        assertThat(problem("typo", "abcde.veo")).isPresent();
        assertThat(problem(ARN.replace("eu-central-1", "eu-west-1"))).isPresent();
    }

    private Optional<String> problem(String bus) {
        return problem(bus, "");
    }

    private Optional<String> problem(String bus, String endpointId) {
        AwsSettings read = AwsSettings.of(name -> settings.getOrDefault(name, ""));
        try (EventBridgeClient client = AwsClients.eventBridge(read, Duration.ofSeconds(20), 1)) {
            return new BusCheck(client, bus, endpointId, RETRY_STATUS).problem();
        }
    }

    private String warnings() {
        return lines.list.stream()
                .filter(line -> line.getLevel() == Level.WARN)
                .map(ILoggingEvent::getFormattedMessage)
                .reduce("", String::concat);
    }
}
