package dev.kafila.mapping.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kafila.mapping.Mapping;
import dev.kafila.mapping.Mapping.Wanted;
import dev.kafila.mapping.MappingStatus;
import dev.kafila.mapping.Observation;
import dev.kafila.settings.MappingSettings.Polling;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OwnerTest {
    private static final Set<String> LIVE = Set.of("a", "b");
    private static final Polling POLLING = new Polling(
            Duration.ofSeconds(10),
            5,
            1 << 20,
            Duration.ofSeconds(5),
            10,
            Duration.ofSeconds(60),
            Duration.ofSeconds(10));

    private final MappingTable table = new MappingTable();
    private final Mapping mapping = TestMappings.created();
    private final Instant start = Instant.ofEpochMilli(1_000_000_000_000L);
    private long offset;

    @Test
    void statusesOfEarlierOwnersAreReplaced() {
        change(mapping, "n");
        decide(owner(1));
        MappingStatus before = table.row(mapping.uuid()).status().orElseThrow().status();

        Owner.Decision decision = decide(owner(2));

        assertThat(keys(decision))
                .containsExactly(mapping.uuid() + "/status/2", "deleted " + mapping.uuid() + "/status/1");
        assertThat(decision.changes()).isEmpty();
        assertThat(table.row(mapping.uuid()).status().orElseThrow().status()).isEqualTo(before);
    }

    @Test
    void anOwnerThatWasFollowedDecidesNothing() {
        change(mapping, "n");
        decide(owner(2));

        assertThat(owner(1).decide(table.rows(), LIVE)).isEqualTo(Owner.Decision.NONE);
    }

    @Test
    void whatIsAsItShouldBeIsNotWrittenAgain() {
        change(mapping, "n");
        Owner owner = owner(1);
        assertThat(decide(owner).changes()).hasSize(1);

        assertThat(decide(owner)).isEqualTo(Owner.Decision.NONE);
    }

    @Test
    void leftoversOfDeadWritersAreDeletedAfterAWhile() {
        change(mapping, "first");
        change(mapping, "second");
        Owner soon = owner(1, start.plusSeconds(20));
        assertThat(keys(decide(soon))).noneMatch(key -> key.endsWith("second"));

        assertThat(keys(decide(owner(2, start.plusSeconds(40)))))
                .contains("deleted " + mapping.uuid() + "/1/second")
                .noneMatch(key -> key.endsWith("first"));
    }

    @Test
    void observationsOfDeadInstancesCountForNothingAndAreDeleted() {
        change(mapping, "n");
        seen("dead", 1);
        Owner owner = owner(1);
        decide(owner);
        assertThat(table.row(mapping.uuid()).seen()).isEmpty();

        seen("a", 1);
        seen("dead", 1);
        Mapping deleted = TestMappings.changed(mapping, Wanted.DELETED);
        change(deleted, "d");
        decide(owner);
        assertThat(state()).isEqualTo("Deleting");
        decide(owner);
        assertThat(state()).isEqualTo("Deleting");
        apply(new StoreKey.Seen(mapping.uuid(), "a"), null);
        decide(owner);

        assertThat(state()).isEqualTo(MappingStatus.GONE);
    }

    @Test
    void whatADeadInstanceSawLastIsNoReason() {
        change(mapping, "n");
        apply(
                new StoreKey.Seen(mapping.uuid(), "dead"),
                new Observation(mapping.uuid(), 1, 0, 8, 0, 0, false, "EVENT_SOURCE_AUTHN_ERROR", "PROBLEM: no"));

        decide(owner(1));

        assertThat(table.row(mapping.uuid()).status().orElseThrow().status())
                .isEqualTo(new MappingStatus(1, "Creating", "USER_INITIATED", "No records processed", 1));
    }

    @Test
    void aDeletionIsForgottenADayLater() {
        change(mapping, "n");
        change(TestMappings.changed(mapping, Wanted.DELETED), "d");
        Owner owner = owner(1);
        decide(owner);
        decide(owner);
        assertThat(state()).isEqualTo(MappingStatus.GONE);

        assertThat(decide(owner(2, start.plus(Duration.ofHours(23)))).changes()).isEmpty();
        assertThat(table.row(mapping.uuid()).current()).isPresent();
        Owner.Decision last = decide(owner(3, start.plus(Duration.ofHours(25))));

        assertThat(keys(last))
                .containsExactly("deleted " + mapping.uuid() + "/2/d", "deleted " + mapping.uuid() + "/status/1");
        assertThat(table.rows()).isEmpty();
    }

    @Test
    void whatIsLeftOfAMappingThatWasTakenBackIsDeleted() {
        change(mapping, "n");
        decide(owner(1));
        seen("a", 1);
        apply(new StoreKey.Change(mapping.uuid(), 1, "n"), null);

        decide(owner(1));

        assertThat(table.rows()).isEmpty();
    }

    @Test
    void pollersAreDividedOverInstancesThatLive() {
        Mapping other = TestMappings.created();
        change(mapping, "n");
        change(other, "o");
        Owner owner = owner(1);
        decide(owner);
        assertThat(shares(mapping)).hasSize(1).isNotEqualTo(shares(other));

        apply(owner.decide(table.rows(), Set.of("b")));

        assertThat(shares(mapping)).isEqualTo(Map.of("b", 1));
        assertThat(shares(other)).isEqualTo(Map.of("b", 1));
    }

    @Test
    void thereAreAsManyPollersAsAreProvisioned() {
        Mapping provisioned = new Mapping(
                1,
                Wanted.ENABLED,
                mapping.configuration().toBuilder()
                        .provisionedPollerConfig(
                                config -> config.minimumPollers(5).maximumPollers(8))
                        .build(),
                Map.of());
        change(provisioned, "n");
        Owner owner = owner(1);
        decide(owner);
        assertThat(table.row(mapping.uuid()).status().orElseThrow().status().pollers())
                .isEqualTo(5);

        // The topic turns out to have fewer partitions.
        apply(
                new StoreKey.Seen(mapping.uuid(), "a"),
                new Observation(mapping.uuid(), 1, 3, 3, 0, 0, false, null, null));
        decide(owner);

        assertThat(table.row(mapping.uuid()).status().orElseThrow().status().pollers())
                .isEqualTo(3);
    }

    @Test
    void anotherOwnerGoesOnWithTheNumberOfPollersThatThereWas() {
        change(mapping, "n");
        StoredStatus status =
                new StoredStatus(new MappingStatus(1, "Enabled", "USER_INITIATED", "OK", 6), "dead", Map.of("dead", 6));
        apply(new StoreKey.Status(mapping.uuid(), 1), status);

        decide(owner(2));

        assertThat(shares(mapping)).isEqualTo(Map.of("a", 3, "b", 3));
    }

    private Owner owner(long term) {
        return owner(term, start);
    }

    private static Owner owner(long term, Instant now) {
        return new Owner(term, "a", POLLING, Clock.fixed(now, ZoneOffset.UTC));
    }

    private void change(Mapping changed, String nonce) {
        apply(
                new StoreKey.Change(changed.uuid(), changed.version(), nonce),
                new StoredChange(changed, start.toEpochMilli(), false));
    }

    private void seen(String instance, int pollers) {
        apply(
                new StoreKey.Seen(mapping.uuid(), instance),
                new Observation(mapping.uuid(), 1, pollers, 8, 0, 0, false, null, null));
    }

    private Owner.Decision decide(Owner owner) {
        Owner.Decision decision = owner.decide(table.rows(), LIVE);
        apply(decision);
        return decision;
    }

    private void apply(Owner.Decision decision) {
        decision.writes()
                .forEach(write -> apply(
                        write.key(),
                        write.value() == null
                                ? null
                                : StoreJson.read(write.key(), write.value().getBytes(StandardCharsets.UTF_8), null)));
    }

    private void apply(StoreKey key, Object value) {
        table.apply(new StoreRecord(key, value, offset++, start.toEpochMilli()));
    }

    private static List<String> keys(Owner.Decision decision) {
        return decision.writes().stream()
                .map(write ->
                        (write.value() == null ? "deleted " : "") + write.key().text())
                .toList();
    }

    private String state() {
        return table.row(mapping.uuid()).status().orElseThrow().status().state();
    }

    private Map<String, Integer> shares(Mapping of) {
        return table.row(of.uuid()).status().orElseThrow().shares();
    }
}
