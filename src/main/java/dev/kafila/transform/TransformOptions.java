package dev.kafila.transform;

import dev.kafila.record.ConnectClasses;
import dev.kafila.record.ConnectProperties;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.camel.CamelContext;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigValue;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.transforms.Transformation;
import org.apache.kafka.connect.transforms.predicates.Predicate;

/** Transforms and predicates as Kafka Connect configures them; a wrong option is refused with its name. */
final class TransformOptions {
    private static final String TYPE = "type";
    private static final String PREDICATE = "predicate";
    private static final String NEGATE = "negate";

    /** Whose options are known to the last: other classes may read more than their definition tells. */
    private static final String CONNECT = "org.apache.kafka.connect.";

    private final ConnectProperties properties;
    private final CamelContext context;

    TransformOptions(ConnectProperties properties, CamelContext context) {
        this.properties = properties;
        this.context = context;
    }

    /** Makes everything anew, configured; what was made before a refusal is closed. */
    List<TransformStep> steps() {
        List<TransformStep> steps = new ArrayList<>();
        try {
            for (String name : names("transforms")) {
                steps.add(step(name));
            }
            return List.copyOf(steps);
        } catch (RuntimeException e) {
            steps.forEach(TransformStep::close);
            throw e;
        }
    }

    private TransformStep step(String name) {
        String prefix = "transforms." + name + ".";
        Map<String, String> options = properties.under(prefix);
        String negate = options.getOrDefault(NEGATE, "false").trim();
        if (!negate.equals("true") && !negate.equals("false")) {
            throw refused(prefix + NEGATE, "'" + negate + "' is neither true nor false");
        }
        Predicate<SinkRecord> predicate = predicate(prefix, options);
        Transformation<SinkRecord> transform = transform(prefix);
        check(prefix, transform, transform.config(), Set.of(TYPE, PREDICATE, NEGATE));
        configure(prefix, () -> transform.configure(options));
        return new TransformStep(transform, predicate, Boolean.parseBoolean(negate));
    }

    private Predicate<SinkRecord> predicate(String transform, Map<String, String> options) {
        String name = options.getOrDefault(PREDICATE, "").trim();
        if (name.isEmpty()) {
            if (options.containsKey(NEGATE)) {
                throw refused(transform + NEGATE, "there is no " + PREDICATE + " to negate");
            }
            return null;
        }
        if (!names("predicates").contains(name)) {
            throw refused(
                    transform + PREDICATE, "'" + name + "' is not one of predicates=" + properties.text("predicates"));
        }
        String prefix = "predicates." + name + ".";
        Predicate<SinkRecord> predicate = predicate(prefix);
        check(prefix, predicate, predicate.config(), Set.of(TYPE));
        configure(prefix, () -> predicate.configure(properties.under(prefix)));
        return predicate;
    }

    // Neither class says which records it takes; Connect itself casts them the same way.
    @SuppressWarnings("unchecked")
    private Transformation<SinkRecord> transform(String prefix) {
        return (Transformation<SinkRecord>) make(prefix, Transformation.class);
    }

    @SuppressWarnings("unchecked")
    private Predicate<SinkRecord> predicate(String prefix) {
        return (Predicate<SinkRecord>) make(prefix, Predicate.class);
    }

    private <T> T make(String prefix, Class<T> kind) {
        String type = properties.text(prefix + TYPE).trim();
        if (type.isEmpty()) {
            throw refused(prefix + TYPE, "the class is missing");
        }
        try {
            return ConnectClasses.create(type, kind, context);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(properties.key(prefix + TYPE) + ": " + e.getMessage(), e);
        }
    }

    /** Names the option, which what {@code configure} throws may not do. */
    private void check(String prefix, Object made, ConfigDef definition, Set<String> known) {
        Map<String, String> options = properties.under(prefix);
        for (ConfigValue value : definition.validate(options)) {
            if (!value.errorMessages().isEmpty()) {
                throw refused(prefix + value.name(), value.errorMessages().get(0));
            }
        }
        if (made.getClass().getName().startsWith(CONNECT)) {
            Set<String> unknown = new TreeSet<>(options.keySet());
            unknown.removeAll(definition.names());
            unknown.removeAll(known);
            if (!unknown.isEmpty()) {
                throw refused(
                        prefix + unknown.iterator().next(),
                        made.getClass().getSimpleName() + " knows " + new TreeSet<>(definition.names()));
            }
        }
    }

    private void configure(String prefix, Runnable configuration) {
        try {
            configuration.run();
        } catch (RuntimeException | LinkageError e) {
            throw new IllegalArgumentException(
                    properties.key(prefix + TYPE) + ": cannot be configured: " + ConnectClasses.reason(e), e);
        }
    }

    /** Names separated by commas, each once. */
    private Set<String> names(String list) {
        Set<String> names = new LinkedHashSet<>();
        for (String part : properties.text(list).split(",", -1)) {
            String name = part.trim();
            if (!name.isEmpty() && !names.add(name)) {
                throw refused(list, "'" + name + "' is there twice");
            }
        }
        return names;
    }

    private IllegalArgumentException refused(String option, String problem) {
        return new IllegalArgumentException(properties.key(option) + ": " + problem);
    }
}
