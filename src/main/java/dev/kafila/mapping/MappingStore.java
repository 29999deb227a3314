package dev.kafila.mapping;

import java.util.List;
import java.util.Optional;

/** Where mappings live, shared by all instances. What one has written, every other one reads from then on. */
public interface MappingStore {

    /**
     * All mappings that are there now, in the order of their creation.
     *
     * @throws StoreUnavailableException if nobody can say
     */
    List<StoredMapping> list();

    /**
     * The mapping of this id.
     *
     * @throws StoreUnavailableException if nobody can say
     */
    Optional<StoredMapping> get(String uuid);

    /**
     * Writes a new mapping, of version 1, or a change, with the version after the one that it was made of.
     *
     * @throws StaleMappingException     if somebody else has changed it meanwhile; nothing is changed then
     * @throws MappingExistsException    if there is another one of the same source, topic, group and function; nothing is written then
     * @throws StoreUnavailableException if it may or may not have been written
     */
    void put(Mapping mapping);
}
