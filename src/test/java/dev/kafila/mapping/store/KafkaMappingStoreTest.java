package dev.kafila.mapping.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import dev.kafila.batch.SharedBroker;
import dev.kafila.mapping.Mapping;
import dev.kafila.mapping.Mapping.Wanted;
import dev.kafila.mapping.MappingExistsException;
import dev.kafila.mapping.StaleMappingException;
import dev.kafila.mapping.StoreUnavailableException;
import dev.kafila.mapping.StoredMapping;
import dev.kafila.sandbox.SandboxBroker;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedBroker.class)
@Timeout(value = 90, unit = TimeUnit.SECONDS)
class KafkaMappingStoreTest {
    private final SandboxBroker broker;
    private final StoreFixture fixture;

    KafkaMappingStoreTest(SandboxBroker broker) {
        this.broker = broker;
        fixture = new StoreFixture(broker);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void whatOneInstanceWritesEveryOtherOneReadsFromThenOn() {
        KafkaMappingStore one = fixture.store();
        KafkaMappingStore other = fixture.store();
        Mapping first = TestMappings.created();
        Mapping second = TestMappings.created();

        one.put(first);
        assertThat(other.list()).containsExactly(new StoredMapping(first, null));
        other.put(second);
        assertThat(one.list()).extracting(StoredMapping::mapping).containsExactly(first, second);
        Mapping changed = TestMappings.withBatchSize(first, 7);
        one.put(changed);

        assertThat(other.get(first.uuid())).contains(new StoredMapping(changed, null));
        assertThat(other.list()).extracting(StoredMapping::mapping).containsExactly(changed, second);
        assertThat(other.get("nobody's")).isEmpty();
    }

    @Test
    void aNewInstanceReadsEverythingBack() {
        KafkaMappingStore before = fixture.store();
        Mapping mapping = TestMappings.created();
        before.put(mapping);
        before.put(TestMappings.withBatchSize(mapping, 7));
        before.close();

        assertThat(fixture.store().list())
                .extracting(StoredMapping::mapping)
                .containsExactly(TestMappings.withBatchSize(mapping, 7));
    }

    @Test
    void theTopicIsMadeWithOnePartitionAndCompacted() throws Exception {
        fixture.store().list();

        ConfigResource topic = new ConfigResource(ConfigResource.Type.TOPIC, fixture.shared.topic());
        assertThat(broker.endOffsets(fixture.shared.topic())).hasSize(1);
        assertThat(broker.admin()
                        .describeConfigs(List.of(topic))
                        .all()
                        .get()
                        .get(topic)
                        .get("cleanup.policy")
                        .value())
                .isEqualTo("compact");
    }

    @Test
    void aTopicOfSeveralPartitionsIsRefused() {
        broker.createTopic(fixture.shared.topic(), 3, Map.of("cleanup.policy", "compact"));
        KafkaMappingStore store = fixture.store();

        assertThatThrownBy(store::list)
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining("has 3 partitions")
                .hasMessageContaining("kafila.mapping.topic");
    }

    @Test
    void aTopicThatIsNotCompactedIsRefused() {
        broker.createTopic(fixture.shared.topic(), 1, Map.of("cleanup.policy", "compact,delete"));
        KafkaMappingStore store = fixture.store();

        assertThatThrownBy(store::list)
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining("cleanup.policy=compact,delete")
                .hasMessageContaining("set cleanup.policy=compact");
    }

    @Test
    void aTopicWhoseSettingsNobodyMayReadIsTaken() throws Exception {
        String name = fixture.shared.topic();
        broker.createTopic(name, 1, Map.of("cleanup.policy", "compact"));
        ResourcePattern topic = new ResourcePattern(ResourceType.TOPIC, name, PatternType.LITERAL);
        broker.admin()
                .createAcls(Stream.of(AclOperation.READ, AclOperation.WRITE)
                        .map(right -> new AclBinding(
                                topic, new AccessControlEntry("User:*", "*", right, AclPermissionType.ALLOW)))
                        .toList())
                .all()
                .get();
        KafkaMappingStore store = fixture.store();
        Mapping mapping = TestMappings.created();

        store.put(mapping);

        assertThat(store.list()).extracting(StoredMapping::mapping).containsExactly(mapping);
    }

    @Test
    void ofChangesOfTheSameVersionOneWinsAndTheOthersAreStale() throws Exception {
        List<KafkaMappingStore> stores =
                IntStream.range(0, 4).mapToObj(i -> fixture.store()).toList();
        Mapping mapping = TestMappings.created();
        stores.get(0).put(mapping);
        // Otherwise the first is done before the others can be asked.
        stores.forEach(KafkaMappingStore::list);

        List<Throwable> ends = atOnce(IntStream.range(0, 8)
                .mapToObj(i -> (Runnable) () -> stores.get(i % 4).put(TestMappings.withBatchSize(mapping, i + 1)))
                .toList());

        assertThat(ends).filteredOn(end -> end == null).hasSize(1);
        assertThat(ends).filteredOn(end -> end != null).hasSize(7).allMatch(StaleMappingException.class::isInstance);
        Mapping winner = TestMappings.withBatchSize(mapping, ends.indexOf(null) + 1);
        assertThat(stores).allSatisfy(store -> assertThat(store.list())
                .extracting(StoredMapping::mapping)
                .containsExactly(winner));
        await().untilAsserted(() ->
                assertThat(fixture.liveKeys()).singleElement().asString().startsWith(mapping.uuid() + "/2/"));
    }

    @Test
    void ofTwinsThatAreCreatedAtOnceOneStays() throws Exception {
        List<KafkaMappingStore> stores = List.of(fixture.store(), fixture.store());
        List<Mapping> twins = IntStream.range(0, 6)
                .mapToObj(i -> TestMappings.created(UUID.randomUUID().toString(), "same"))
                .toList();

        List<Throwable> ends = atOnce(IntStream.range(0, 6)
                .mapToObj(i -> (Runnable) () -> stores.get(i % 2).put(twins.get(i)))
                .toList());

        Mapping first = twins.get(ends.indexOf(null));
        assertThat(ends).filteredOn(end -> end == null).hasSize(1);
        assertThat(ends).filteredOn(end -> end != null).allMatch(MappingExistsException.class::isInstance);
        await().untilAsserted(() -> assertThat(stores).allSatisfy(store -> assertThat(store.list())
                .extracting(StoredMapping::mapping)
                .containsExactly(first)));
        assertThatThrownBy(() ->
                        stores.get(0).put(TestMappings.created(UUID.randomUUID().toString(), "same")))
                .isInstanceOfSatisfying(
                        MappingExistsException.class, e -> assertThat(e.uuid()).isEqualTo(first.uuid()));
    }

    @Test
    void nothingIsChangedAfterADeletion() {
        KafkaMappingStore store = fixture.store();
        Mapping mapping = TestMappings.created();
        store.put(mapping);
        Mapping deleted = TestMappings.changed(mapping, Wanted.DELETED);
        store.put(deleted);

        assertThatThrownBy(() -> store.put(TestMappings.changed(deleted, Wanted.ENABLED)))
                .isInstanceOf(StaleMappingException.class);
        assertThatThrownBy(() -> store.put(TestMappings.withBatchSize(mapping, 3)))
                .isInstanceOf(StaleMappingException.class);
        assertThat(store.list()).extracting(StoredMapping::mapping).containsExactly(deleted);
    }

    @Test
    void aChangeThatWasUnderWayForHoursDoesNotCount() {
        KafkaMappingStore store = fixture.store();
        Mapping mapping = TestMappings.created();
        store.put(mapping);
        KafkaMappingStore frozen = fixture.store(
                Clock.offset(Clock.systemUTC(), Duration.ofHours(7).negated()));

        assertThatThrownBy(() -> frozen.put(TestMappings.withBatchSize(mapping, 3)))
                .isInstanceOf(StaleMappingException.class);
        assertThat(store.list()).extracting(StoredMapping::mapping).containsExactly(mapping);
    }

    @Test
    void recordsOfOthersAreLeftOut() {
        KafkaMappingStore store = fixture.store();
        Mapping mapping = TestMappings.created();
        store.put(mapping);
        fixture.write("somebody's", "{}");
        fixture.write("u/1/n", "not json");
        fixture.write("u/2/n", "{\"wanted\":\"ENABLED\",\"configuration\":{\"UUID\":\"another\"}}");
        fixture.write("u/status/1", "{}");
        fixture.write(mapping.uuid() + "/seen/i", "[]");
        fixture.write(mapping.uuid() + "/status/1", null);

        assertThat(store.list()).containsExactly(new StoredMapping(mapping, null));
        assertThat(fixture.store().list()).containsExactly(new StoredMapping(mapping, null));
    }

    @Test
    void aChangeThatSomebodySpoiltCountsForNobody() {
        KafkaMappingStore store = fixture.store();
        store.put(TestMappings.created());
        String key = fixture.liveKeys().get(0);

        fixture.write(key, "spoilt");

        assertThat(store.list()).isEmpty();
        assertThat(fixture.store().list()).isEmpty();
    }

    private static List<Throwable> atOnce(List<Runnable> changes) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(changes.size());
        try {
            List<Future<Throwable>> ends = threads.invokeAll(changes.stream()
                    .map(change -> (Callable<Throwable>) () -> catchThrowable(change::run))
                    .toList());
            List<Throwable> thrown = new java.util.ArrayList<>();
            for (Future<Throwable> end : ends) {
                thrown.add(end.get());
            }
            return thrown;
        } finally {
            threads.shutdownNow();
        }
    }
}
