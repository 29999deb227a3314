package dev.kafila.mapping.api;

import dev.kafila.filter.FilterPatterns;
import dev.kafila.mapping.destination.Destination;
import dev.kafila.mapping.destination.Destination.Kind;
import java.util.Optional;
import software.amazon.awssdk.services.lambda.model.EventSourceMappingConfiguration;
import software.amazon.awssdk.services.lambda.model.EventSourceMappingMetric;
import software.amazon.awssdk.services.lambda.model.EventSourceMappingSystemLogLevel;
import software.amazon.awssdk.services.lambda.model.Filter;
import software.amazon.awssdk.services.lambda.model.FunctionResponseType;
import software.amazon.awssdk.services.lambda.model.ProvisionedPollerConfig;

/**
 * What a mapping may say about how its records get to the function, and what becomes of those that do not.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/api/API_CreateEventSourceMapping.html">CreateEventSourceMapping</a>
 */
final class DeliveryRules {
    private static final String DESTINATION = "DestinationConfig.OnFailure.Destination";

    private static final int MIN_AGE = 60;
    private static final int MAX_AGE = 604_800;
    private static final int MAX_GROUP_NAME = 128;

    private final EventSourceMappingConfiguration mapping;
    private final Problems problems;

    DeliveryRules(EventSourceMappingConfiguration mapping, Problems problems) {
        this.mapping = mapping;
        this.problems = problems;
    }

    void check() {
        problems.range("BatchSize", mapping.batchSize(), 1, 10_000);
        problems.range("MaximumBatchingWindowInSeconds", mapping.maximumBatchingWindowInSeconds(), 0, 300);
        problems.range("MaximumRetryAttempts", mapping.maximumRetryAttempts(), -1, 10_000);
        age();
        problems.require(
                mapping.functionResponseTypes().size() <= 1
                        && !mapping.functionResponseTypes().contains(FunctionResponseType.UNKNOWN_TO_SDK_VERSION),
                "FunctionResponseTypes",
                "must be ReportBatchItemFailures");
        filters();
        destination();
        pollers();
        observation();
        ofOtherSources();
    }

    private void age() {
        Integer age = mapping.maximumRecordAgeInSeconds();
        problems.require(
                age == null || age == -1 || (age >= MIN_AGE && age <= MAX_AGE),
                "MaximumRecordAgeInSeconds",
                "must be -1, or from " + MIN_AGE + " to " + MAX_AGE);
    }

    private void filters() {
        if (mapping.filterCriteria() == null) {
            return;
        }
        try {
            FilterPatterns.check(mapping.filterCriteria().filters().stream()
                    .map(Filter::pattern)
                    .toList());
        } catch (IllegalArgumentException e) {
            problems.add(e.getMessage());
        }
    }

    private void destination() {
        if (mapping.destinationConfig() == null) {
            return;
        }
        problems.refuse(
                "DestinationConfig.OnSuccess", mapping.destinationConfig().onSuccess());
        if (mapping.destinationConfig().onFailure() == null) {
            return;
        }
        Optional<Destination> destination =
                Destination.read(mapping.destinationConfig().onFailure().destination());
        problems.require(
                destination.isPresent(),
                DESTINATION,
                "must be the ARN of a queue of SQS, of a topic of SNS or of a bucket of S3, or kafka:// and a topic");
        problems.require(
                destination
                        .filter(to ->
                                to.kind() == Kind.KAFKA && mapping.topics().contains(to.name()))
                        .isEmpty(),
                DESTINATION,
                "must not be the topic that the records are from, or they would go round");
    }

    private void pollers() {
        ProvisionedPollerConfig pollers = mapping.provisionedPollerConfig();
        if (pollers == null) {
            return;
        }
        Integer min = pollers.minimumPollers();
        Integer max = pollers.maximumPollers();
        problems.range("ProvisionedPollerConfig.MinimumPollers", min, 1, 200);
        problems.range("ProvisionedPollerConfig.MaximumPollers", max, 1, 2_000);
        problems.require(
                min == null || max == null || min <= max,
                "ProvisionedPollerConfig.MinimumPollers",
                "must not be above MaximumPollers");
        String group = pollers.pollerGroupName();
        problems.require(
                group == null || (!group.isEmpty() && group.length() <= MAX_GROUP_NAME),
                "ProvisionedPollerConfig.PollerGroupName",
                "must have 1 to " + MAX_GROUP_NAME + " characters");
    }

    /** All metrics are always there, and the level of the log is the operator's: what is said here has no effect. */
    private void observation() {
        problems.require(
                mapping.metricsConfig() == null
                        || !mapping.metricsConfig().metrics().contains(EventSourceMappingMetric.UNKNOWN_TO_SDK_VERSION),
                "MetricsConfig.Metrics",
                "must be EventCount, ErrorCount or KafkaMetrics");
        problems.require(
                mapping.loggingConfig() == null
                        || mapping.loggingConfig().systemLogLevel()
                                != EventSourceMappingSystemLogLevel.UNKNOWN_TO_SDK_VERSION,
                "LoggingConfig.SystemLogLevel",
                "must be DEBUG, INFO or WARN");
    }

    /** Clients send some of these with the value that means none. */
    private void ofOtherSources() {
        problems.refuse("Queues", mapping.queues().isEmpty() ? null : mapping.queues());
        problems.refuse("DocumentDBEventSourceConfig", mapping.documentDBEventSourceConfig());
        problems.refuse(
                "ScalingConfig",
                mapping.scalingConfig() == null ? null : mapping.scalingConfig().maximumConcurrency());
        problems.range("TumblingWindowInSeconds", mapping.tumblingWindowInSeconds(), 0, 0);
        problems.range("ParallelizationFactor", mapping.parallelizationFactor(), 1, 1);
        problems.refuse("KMSKeyArn", "".equals(mapping.kmsKeyArn()) ? null : mapping.kmsKeyArn());
    }
}
