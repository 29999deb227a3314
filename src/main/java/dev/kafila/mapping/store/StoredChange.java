package dev.kafila.mapping.store;

import dev.kafila.mapping.Mapping;

/**
 * A mapping as it stands in the log.
 *
 * @param created when its first version was written, in milliseconds since 1970
 * @param late    whether it came so long after its writer had looked that the mapping may have been deleted, and forgotten, meanwhile
 */
record StoredChange(Mapping mapping, long created, boolean late) {}
