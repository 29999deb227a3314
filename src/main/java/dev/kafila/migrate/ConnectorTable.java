package dev.kafila.migrate;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * What becomes of every property of one kind of connector. It makes the import as well as the README's table.
 *
 * @param title    whose connector it is
 * @param slug     names its table in the README
 * @param target   where its records go
 * @param classes  what {@code connector.class} says, whole and as Connect's short names
 * @param required what the connector does not start without
 * @param mappings of its own properties; those of every sink connector are {@link ConnectMappings}
 * @param changes  what its user would be surprised by, after all mappings are applied
 */
record ConnectorTable(
        String title,
        String slug,
        Target target,
        List<String> classes,
        Map<String, String> required,
        List<Mapping> mappings,
        Consumer<Draft> changes) {

    /** Whether one of these properties is this connector's alone. */
    boolean names(Set<String> properties) {
        return mappings.stream()
                .filter(mapping -> !mapping.isFamily())
                .map(Mapping::theirs)
                .anyMatch(properties::contains);
    }

    /** Its own mappings, then those of every sink connector. */
    Stream<Mapping> all() {
        return Stream.concat(mappings.stream(), ConnectMappings.of(target).stream());
    }

    /** The mapping of a property; a name of its own comes before a family's, and the longest family before others. */
    Optional<Mapping> find(String property) {
        return all().filter(mapping -> mapping.covers(property))
                .min((a, b) -> a.isFamily() == b.isFamily()
                        ? Integer.compare(b.theirs().length(), a.theirs().length())
                        : Boolean.compare(a.isFamily(), b.isFamily()));
    }
}
