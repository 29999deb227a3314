package dev.kafila.mapping.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kafila.aws.AwsRegion;
import dev.kafila.mapping.Allowance;
import dev.kafila.mapping.Mapping;
import dev.kafila.mapping.Mapping.Wanted;
import dev.kafila.mapping.MappingStatus;
import dev.kafila.mapping.MappingStore;
import dev.kafila.mapping.SdkJson;
import dev.kafila.mapping.StoredMapping;
import dev.kafila.settings.MappingSettings;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.lambda.model.CreateEventSourceMappingRequest;
import software.amazon.awssdk.services.lambda.model.EventSourceMappingConfiguration;
import software.amazon.awssdk.services.lambda.model.SourceAccessConfiguration;

/** Makes, shows and changes event source mappings, as AWS's operations of these names do. Thread-safe. */
public final class MappingService {
    private static final Logger LOG = LoggerFactory.getLogger(MappingService.class);

    private final MappingStore store;
    private final Names names;
    private final Allowance allowance;
    private final Clock clock;

    private MappingService(MappingStore store, Names names, Allowance allowance, Clock clock) {
        this.store = store;
        this.names = names;
        this.allowance = allowance;
        this.clock = clock;
    }

    /**
     * Over mappings that live there.
     *
     * @throws dev.kafila.aws.AwsSettingsException if nothing says in which region the functions are
     */
    public static MappingService of(MappingStore store, MappingSettings settings) {
        return of(store, settings, AwsRegion.of(settings.aws()), Clock.systemUTC());
    }

    static MappingService of(MappingStore store, MappingSettings settings, Region region, Clock clock) {
        return new MappingService(
                store, new Names(region, settings.account()), new Allowance(settings.allowed()), clock);
    }

    JsonNode create(JsonNode json) {
        CreateEventSourceMappingRequest request = read(json);
        String uuid = UUID.randomUUID().toString();
        Problems problems = new Problems();
        problems.require(request.functionName() != null, "FunctionName", "is needed");
        EventSourceMappingConfiguration configuration = Draft.ofNew(uuid)
                .with(json)
                .builder()
                .eventSourceMappingArn(names.mappingArn(uuid))
                .functionArn(
                        request.functionName() == null ? null : names.functionArn(request.functionName(), problems))
                .state("Creating")
                .lastModified(now())
                .build();
        Instant from = configuration.startingPositionTimestamp();
        problems.require(
                from == null || !from.isAfter(clock.instant()),
                "StartingPositionTimestamp",
                "must not be in the future");
        Tags.check(request.tags(), problems);
        check(configuration, problems);
        Wanted wanted = Boolean.FALSE.equals(request.enabled()) ? Wanted.DISABLED : Wanted.ENABLED;
        return put(new Mapping(1, wanted, configuration, request.tags()), null);
    }

    JsonNode get(String uuid) {
        return MappingAnswer.of(find(uuid));
    }

    JsonNode list(ListQuery query) {
        return query.answer(store.list(), names);
    }

    JsonNode update(String uuid, JsonNode json) {
        CreateEventSourceMappingRequest request = read(json);
        StoredMapping stored = findToChange(uuid);
        Mapping mapping = stored.mapping();
        EventSourceMappingConfiguration before = mapping.configuration();
        Problems problems = new Problems();
        Wanted wanted =
                request.enabled() == null ? mapping.wanted() : request.enabled() ? Wanted.ENABLED : Wanted.DISABLED;
        EventSourceMappingConfiguration after = Draft.of(before)
                .with(json)
                .builder()
                .functionArn(
                        request.functionName() == null
                                ? before.functionArn()
                                : names.functionArn(request.functionName(), problems))
                .state(transition(mapping.wanted(), wanted))
                .lastModified(now())
                .build();
        new FixedMembers(before, after, problems).check();
        check(after, problems);
        return put(new Mapping(mapping.version() + 1, wanted, after, mapping.tags()), stored.status());
    }

    private static String transition(Wanted before, Wanted after) {
        if (before == after) {
            return "Updating";
        }
        return after == Wanted.ENABLED ? "Enabling" : "Disabling";
    }

    JsonNode delete(String uuid) {
        StoredMapping stored = findToChange(uuid);
        Mapping mapping = stored.mapping();
        EventSourceMappingConfiguration after = mapping.configuration().toBuilder()
                .state("Deleting")
                .lastModified(now())
                .build();
        return put(new Mapping(mapping.version() + 1, Wanted.DELETED, after, mapping.tags()), stored.status());
    }

    JsonNode tags(String arn) {
        return Tags.answer(find(names.uuid(arn)).mapping().tags());
    }

    void tag(String arn, JsonNode json) {
        StoredMapping stored = findToChange(names.uuid(arn));
        retag(stored, Tags.with(stored.mapping().tags(), read(json).tags()));
    }

    void untag(String arn, List<String> keys) {
        StoredMapping stored = findToChange(names.uuid(arn));
        retag(stored, Tags.without(stored.mapping().tags(), keys));
    }

    private void retag(StoredMapping stored, Map<String, String> tags) {
        Mapping mapping = stored.mapping();
        EventSourceMappingConfiguration after =
                mapping.configuration().toBuilder().state("Updating").build();
        put(new Mapping(mapping.version() + 1, mapping.wanted(), after, tags), stored.status());
    }

    private static CreateEventSourceMappingRequest read(JsonNode json) {
        try {
            return SdkJson.read(json, CreateEventSourceMappingRequest.builder()).build();
        } catch (IllegalArgumentException e) {
            throw new ApiException(ApiError.MALFORMED, e.getMessage(), e);
        }
    }

    private StoredMapping find(String uuid) {
        return store.get(uuid)
                .orElseThrow(() -> new ApiException(
                        ApiError.NOT_FOUND,
                        "The resource you requested does not exist: there is no event source mapping " + uuid));
    }

    private StoredMapping findToChange(String uuid) {
        StoredMapping stored = find(uuid);
        if (stored.mapping().wanted() == Wanted.DELETED) {
            throw new ApiException(
                    ApiError.IN_USE,
                    "The event source mapping " + uuid + " is being deleted and cannot be changed any more");
        }
        return stored;
    }

    private void check(EventSourceMappingConfiguration configuration, Problems problems) {
        new SourceRules(configuration, problems).check();
        new DeliveryRules(configuration, problems).check();
        problems.check();
        allowance.refusal(configuration).ifPresent(refusal -> {
            throw new ApiException(ApiError.INVALID_PARAMETER, refusal);
        });
    }

    private JsonNode put(Mapping mapping, MappingStatus before) {
        store.put(mapping);
        LOG.info(
                "Event source mapping {} of {} to {} is {}",
                mapping.uuid(),
                mapping.configuration().topics(),
                mapping.configuration().functionArn(),
                mapping.configuration().state());
        if (mapping.configuration().sourceAccessConfigurations().stream().anyMatch(MappingService::isOfVpc)) {
            LOG.info(
                    "Subnets and security groups have no effect: {} connects from where this process runs",
                    mapping.uuid());
        }
        return MappingAnswer.of(new StoredMapping(mapping, before));
    }

    private static boolean isOfVpc(SourceAccessConfiguration access) {
        return access.typeAsString().startsWith("VPC_");
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
