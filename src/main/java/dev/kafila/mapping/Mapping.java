package dev.kafila.mapping;

import java.util.Map;
import software.amazon.awssdk.services.lambda.model.EventSourceMappingConfiguration;

/**
 * An event source mapping as somebody asked for it.
 *
 * @param version       counts its changes from 1
 * @param wanted        what it is to become
 * @param configuration all its members, defaults included, as AWS answers them; its state is the transition that the last change began, and
 *                      what became of that is in {@link MappingStatus}
 * @param tags          by their keys
 */
public record Mapping(
        long version, Wanted wanted, EventSourceMappingConfiguration configuration, Map<String, String> tags) {

    public Mapping {
        tags = Map.copyOf(tags);
    }

    /** What whoever changed a mapping last wants it to be. */
    public enum Wanted {
        ENABLED,
        DISABLED,
        DELETED
    }

    public String uuid() {
        return configuration.uuid();
    }
}
