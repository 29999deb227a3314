package dev.kafila.mapping.store;

import dev.kafila.mapping.MappingStatus;
import java.util.Map;

/**
 * What became of a mapping, and which instance is to run how much of it.
 *
 * @param owner  the instance that says so
 * @param shares pollers by instance; one that is not named runs none
 */
record StoredStatus(MappingStatus status, String owner, Map<String, Integer> shares) {
    StoredStatus {
        shares = Map.copyOf(shares);
    }

    boolean isGone() {
        return status.state().equals(MappingStatus.GONE);
    }
}
