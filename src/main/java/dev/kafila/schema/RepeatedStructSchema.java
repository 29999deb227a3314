package dev.kafila.schema;

import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;

/**
 * The schema of a struct that is met again, perhaps inside itself: it refers to the first. Equal to itself only, since comparing what refers
 * to itself would not end.
 */
final class RepeatedStructSchema implements Schema {
    private final SchemaBuilder first;
    private final Map<String, String> parameters;

    RepeatedStructSchema(SchemaBuilder first, Map<String, String> parameters) {
        this.first = first;
        this.parameters = parameters;
    }

    @Override
    public Type type() {
        return Type.STRUCT;
    }

    @Override
    public boolean isOptional() {
        return true;
    }

    @Override
    public Object defaultValue() {
        return null;
    }

    @Override
    public String name() {
        return first.name();
    }

    @Override
    public Integer version() {
        return null;
    }

    @Override
    public String doc() {
        return null;
    }

    @Override
    public Map<String, String> parameters() {
        return parameters.isEmpty() ? null : parameters;
    }

    @Override
    public Schema keySchema() {
        return first.keySchema();
    }

    @Override
    public Schema valueSchema() {
        return first.valueSchema();
    }

    @Override
    public List<Field> fields() {
        return first.fields();
    }

    @Override
    public Field field(String fieldName) {
        return first.field(fieldName);
    }

    @Override
    public Schema schema() {
        return this;
    }

    @Override
    public String toString() {
        return "Schema{" + name() + ":STRUCT}";
    }
}
