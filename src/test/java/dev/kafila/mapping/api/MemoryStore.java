package dev.kafila.mapping.api;

import dev.kafila.mapping.Mapping;
import dev.kafila.mapping.Mapping.Wanted;
import dev.kafila.mapping.MappingExistsException;
import dev.kafila.mapping.MappingIdentity;
import dev.kafila.mapping.MappingStatus;
import dev.kafila.mapping.MappingStore;
import dev.kafila.mapping.StaleMappingException;
import dev.kafila.mapping.StoreUnavailableException;
import dev.kafila.mapping.StoredMapping;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Mappings that live as long as the test. */
public final class MemoryStore implements MappingStore {
    private final Map<String, StoredMapping> mappings = new LinkedHashMap<>();
    private boolean unavailable;
    private boolean overtaken;

    @Override
    public synchronized List<StoredMapping> list() {
        requireAvailable();
        return List.copyOf(mappings.values());
    }

    @Override
    public synchronized Optional<StoredMapping> get(String uuid) {
        requireAvailable();
        return Optional.ofNullable(mappings.get(uuid));
    }

    @Override
    public synchronized void put(Mapping mapping) {
        requireAvailable();
        StoredMapping known = mappings.get(mapping.uuid());
        if (overtaken
                || mapping.version() != (known == null ? 1 : known.mapping().version() + 1)) {
            throw new StaleMappingException(mapping.uuid());
        }
        requireAlone(mapping);
        mappings.put(mapping.uuid(), new StoredMapping(mapping, known == null ? null : known.status()));
    }

    /** What an instance found out about the mapping as it is now. */
    synchronized void tell(String uuid, String state, String reason, String lastResult) {
        mappings.computeIfPresent(
                uuid,
                (id, known) -> new StoredMapping(
                        known.mapping(), new MappingStatus(known.mapping().version(), state, reason, lastResult, 1)));
    }

    /** It is deleted, and runs nowhere any more. */
    synchronized void forget(String uuid) {
        mappings.remove(uuid);
    }

    synchronized Mapping mapping(String uuid) {
        return mappings.get(uuid).mapping();
    }

    /** Nobody can read or write it from now on. */
    synchronized void fail() {
        unavailable = true;
    }

    /** Somebody else's change comes before each one from now on. */
    synchronized void overtake() {
        overtaken = true;
    }

    private void requireAlone(Mapping mapping) {
        MappingIdentity identity = MappingIdentity.of(mapping.configuration());
        mappings.values().stream()
                .map(StoredMapping::mapping)
                .filter(other -> mapping.wanted() != Wanted.DELETED
                        && other.wanted() != Wanted.DELETED
                        && !other.uuid().equals(mapping.uuid())
                        && MappingIdentity.of(other.configuration()).equals(identity))
                .findFirst()
                .ifPresent(twin -> {
                    throw new MappingExistsException(twin.uuid());
                });
    }

    private void requireAvailable() {
        if (unavailable) {
            throw new StoreUnavailableException("The topic cannot be read now", null);
        }
    }
}
