package dev.kafila.eventbridge;

import dev.kafila.aws.AwsFailure;
import dev.kafila.preflight.Preflight;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;

/**
 * Asks EventBridge whether a bus exists. PutEvents itself never says: it takes events for a bus that is not there with success, and nobody
 * sees them again.
 *
 * @see <a href="https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_DescribeEventBus.html">DescribeEventBus</a>
 */
final class BusCheck {
    private static final Logger LOG = LoggerFactory.getLogger(BusCheck.class);

    private static final AwsRequestOverrideConfiguration BOUNDED = AwsRequestOverrideConfiguration.builder()
            .apiCallTimeout(Preflight.LIMIT)
            .build();

    /** Said to whoever may put events and do nothing else, which is usual. */
    private static final Set<String> NOT_PERMITTED = Set.of("AccessDeniedException", "AccessDenied");

    private static final String MISSING = "ResourceNotFoundException";

    /** What is not the form of a name or an ARN. */
    private static final String MALFORMED = "ValidationException";

    private final EventBridgeClient client;
    private final String bus;
    private final String endpointId;
    private final Set<Integer> retryStatus;

    /**
     * @param bus         name or ARN
     * @param endpointId  of a global endpoint; empty: none
     * @param retryStatus the HTTP statuses that count as transient besides those that always do
     */
    BusCheck(EventBridgeClient client, String bus, String endpointId, Set<Integer> retryStatus) {
        this.client = client;
        this.bus = bus;
        this.endpointId = endpointId;
        this.retryStatus = retryStatus;
    }

    /** What no waiting puts right; empty if nothing is wrong, or if that cannot be found out now. */
    Optional<String> problem() {
        try {
            client.describeEventBus(request -> request.name(bus).overrideConfiguration(BOUNDED));
        } catch (SdkException e) {
            return judge(AwsFailure.of(e));
        }
        LOG.info("Event bus {} exists", bus);
        return Optional.empty();
    }

    private Optional<String> judge(AwsFailure failure) {
        String error = failure.errorCode();
        if (NOT_PERMITTED.contains(error)) {
            return unknown(failure, "events:DescribeEventBus on it would let Kafila look");
        }
        if (error.equals(MISSING)) {
            return isInAnotherRegion()
                    ? unknown(failure, "its ARN names another region of the global endpoint than this client's")
                    : wrong("does not exist in " + region() + ", or in another account: EventBridge would take every"
                            + " event for it with success, and no rule would see one. Create it or correct its name");
        }
        if (error.equals(MALFORMED) || failure.meaning(retryStatus) == AwsFailure.Meaning.CONFIGURATION) {
            return wrong("cannot be used: " + failure.code() + " " + failure.detail());
        }
        return unknown(failure, "EventBridge does not say it now");
    }

    private Optional<String> wrong(String what) {
        return Optional.of("event bus " + bus + " (kafila.eventbridge.bus) " + what);
    }

    private Optional<String> unknown(AwsFailure failure, String why) {
        LOG.warn(
                "Whether event bus {} exists is not known ({}: {}). Its route starts all the same; events for a bus that"
                        + " does not exist would be lost without an error",
                bus,
                failure.code(),
                why);
        return Optional.empty();
    }

    /** A global endpoint has the same bus in two regions, and takes the ARN of either. */
    private boolean isInAnotherRegion() {
        return !endpointId.isEmpty() && bus.startsWith("arn:") && !bus.split(":", 6)[3].equals(region());
    }

    private String region() {
        return client.serviceClientConfiguration().region().id();
    }
}
