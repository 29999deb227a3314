package dev.kafila.format;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.data.Time;
import org.apache.kafka.connect.data.Timestamp;

/** Any data of Connect: schemas of every type, nested three levels, with values that fit them. */
public final class ConnectArbitraries {
    private static final long DAY = 86_400_000;

    private static final List<Supplier<SchemaBuilder>> LEAVES = List.of(
            SchemaBuilder::int8,
            SchemaBuilder::int16,
            SchemaBuilder::int32,
            SchemaBuilder::int64,
            SchemaBuilder::float32,
            SchemaBuilder::float64,
            SchemaBuilder::bool,
            SchemaBuilder::string,
            SchemaBuilder::bytes,
            () -> Decimal.builder(3),
            org.apache.kafka.connect.data.Date::builder,
            Time::builder,
            Timestamp::builder);

    private ConnectArbitraries() {}

    /** Text of every plane of Unicode, controls and what JSON escapes, without halves of surrogate pairs. */
    public static Arbitrary<String> text() {
        return Arbitraries.oneOf(
                        Arbitraries.integers().between(0, 0x7F),
                        Arbitraries.integers().between(0x80, 0xD7FF),
                        Arbitraries.integers().between(0xE000, Character.MAX_CODE_POINT))
                .list()
                .ofMaxSize(12)
                .map(codePoints -> codePoints.stream()
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                        .toString());
    }

    static Arbitrary<byte[]> bytes() {
        return Arbitraries.bytes().array(byte[].class).ofMaxSize(20);
    }

    public static Arbitrary<SchemaAndValue> withSchema() {
        return schema(3).flatMap(schema -> value(schema).map(value -> new SchemaAndValue(schema, value)));
    }

    /** What a converter without schemas makes of JSON: maps, lists, text, numbers, and nothing else. */
    public static Arbitrary<Object> withoutSchema() {
        return withoutSchema(3);
    }

    private static Arbitrary<Object> withoutSchema(int levels) {
        Arbitrary<Object> leaf = Arbitraries.oneOf(
                text().asGeneric(),
                bytes().asGeneric(),
                Arbitraries.integers().asGeneric(),
                Arbitraries.longs().asGeneric(),
                doubles().asGeneric(),
                floats().asGeneric(),
                Arbitraries.of(true, false).asGeneric(),
                Arbitraries.bigIntegers().asGeneric(),
                decimals().asGeneric());
        if (levels == 0) {
            return leaf.injectNull(0.1);
        }
        Arbitrary<Object> inner = withoutSchema(levels - 1);
        Arbitrary<Object> map = Arbitraries.maps(text(), inner).ofMaxSize(4).asGeneric();
        return Arbitraries.oneOf(leaf, inner.list().ofMaxSize(4).asGeneric(), map)
                .injectNull(0.1);
    }

    private static Arbitrary<BigDecimal> decimals() {
        return Combinators.combine(
                        Arbitraries.bigIntegers(), Arbitraries.integers().between(-30, 30))
                .as(BigDecimal::new);
    }

    private static Arbitrary<Double> doubles() {
        return Arbitraries.longs()
                .map(Double::longBitsToDouble)
                .edgeCases(config -> config.add(
                        0.0,
                        -0.0,
                        1e7,
                        1e-3,
                        0.1,
                        Double.NaN,
                        Double.POSITIVE_INFINITY,
                        Double.MIN_VALUE,
                        Double.MAX_VALUE));
    }

    /** Without those that a JDK before 19 writes with digits that they do not need, once they were read as a double. */
    private static Arbitrary<Float> floats() {
        return Arbitraries.integers()
                .map(Float::intBitsToFloat)
                .edgeCases(config -> config.add(
                        0.0f,
                        -0.0f,
                        1e7f,
                        1e-3f,
                        0.1f,
                        Float.NaN,
                        Float.NEGATIVE_INFINITY,
                        Float.MIN_VALUE,
                        Float.MAX_VALUE))
                .filter(value -> Double.toString(Double.parseDouble(Float.toString(value)))
                        .equals(Float.toString(value)));
    }

    private static Arbitrary<Schema> schema(int levels) {
        Arbitrary<Supplier<SchemaBuilder>> leaf = Arbitraries.of(LEAVES);
        return (levels == 0 ? leaf : Arbitraries.oneOf(leaf, container(levels - 1)))
                .flatMap(ConnectArbitraries::decorated);
    }

    private static Arbitrary<Supplier<SchemaBuilder>> container(int levels) {
        Arbitrary<Schema> inner = schema(levels);
        Arbitrary<Schema> keys = Arbitraries.oneOf(Arbitraries.just(Schema.STRING_SCHEMA), inner);
        return Arbitraries.oneOf(
                inner.map(elements -> () -> SchemaBuilder.array(elements)),
                Combinators.combine(keys, inner).as((key, value) -> () -> SchemaBuilder.map(key, value)),
                Arbitraries.maps(text().map(name -> "f" + name), inner)
                        .ofMaxSize(4)
                        .map(fields -> () -> struct(fields)));
    }

    private static SchemaBuilder struct(Map<String, Schema> fields) {
        SchemaBuilder builder = SchemaBuilder.struct();
        fields.forEach(builder::field);
        return builder;
    }

    /** With or without a name, version, doc, parameters and default. */
    private static Arbitrary<Schema> decorated(Supplier<SchemaBuilder> undecorated) {
        return Combinators.combine(
                        Arbitraries.of(true, false),
                        text().injectNull(0.6),
                        Arbitraries.integers().injectNull(0.6),
                        Arbitraries.of(true, false))
                .flatAs((optional, words, version, defaults) -> {
                    SchemaBuilder builder = undecorated.get();
                    boolean logical = builder.name() != null;
                    if (optional) {
                        builder.optional();
                    }
                    if (words != null && !logical) {
                        builder.name(words).doc(words + " \"doc\"").parameter(words, "p");
                    }
                    if (version != null && !logical) {
                        builder.version(version);
                    }
                    Schema bare = builder.build();
                    // A builder refuses the default of a struct, whose schema it is not yet.
                    return !defaults || bare.type() == Schema.Type.STRUCT
                            ? Arbitraries.just(bare)
                            : present(bare).map(value -> withDefault(bare, value));
                });
    }

    private static Schema withDefault(Schema bare, Object value) {
        SchemaBuilder builder =
                switch (bare.type()) {
                    case ARRAY -> SchemaBuilder.array(bare.valueSchema());
                    case MAP -> SchemaBuilder.map(bare.keySchema(), bare.valueSchema());
                    default -> SchemaBuilder.type(bare.type());
                };
        if (bare.isOptional()) {
            builder.optional();
        }
        if (bare.name() != null) {
            builder.name(bare.name());
        }
        if (bare.version() != null) {
            builder.version(bare.version());
        }
        if (bare.parameters() != null) {
            builder.parameters(bare.parameters());
        }
        return builder.defaultValue(value).build();
    }

    private static Arbitrary<Object> value(Schema schema) {
        return schema.isOptional() ? present(schema).injectNull(0.3) : present(schema);
    }

    private static Arbitrary<Object> present(Schema schema) {
        if (Decimal.LOGICAL_NAME.equals(schema.name())) {
            return Arbitraries.bigIntegers().map(digits -> (Object) new BigDecimal(digits, 3));
        }
        if (org.apache.kafka.connect.data.Date.LOGICAL_NAME.equals(schema.name())) {
            return Arbitraries.longs().between(-1_000_000, 1_000_000).map(days -> date(days * DAY));
        }
        if (Time.LOGICAL_NAME.equals(schema.name())) {
            return Arbitraries.longs().between(0, DAY - 1).map(ConnectArbitraries::date);
        }
        if (Timestamp.LOGICAL_NAME.equals(schema.name())) {
            return Arbitraries.longs().map(ConnectArbitraries::date);
        }
        return plain(schema);
    }

    private static Object date(long millis) {
        return Date.from(java.time.Instant.ofEpochMilli(millis));
    }

    private static Arbitrary<Object> plain(Schema schema) {
        return switch (schema.type()) {
            case INT8 -> Arbitraries.bytes().asGeneric();
            case INT16 -> Arbitraries.shorts().asGeneric();
            case INT32 -> Arbitraries.integers().asGeneric();
            case INT64 -> Arbitraries.longs().asGeneric();
            case FLOAT32 -> floats().asGeneric();
            case FLOAT64 -> doubles().asGeneric();
            case BOOLEAN -> Arbitraries.of(true, false).asGeneric();
            case STRING -> text().asGeneric();
            case BYTES -> Arbitraries.oneOf(bytes(), bytes().map(ByteBuffer::wrap));
            case ARRAY -> value(schema.valueSchema()).list().ofMaxSize(3).asGeneric();
            case MAP -> map(schema);
            case STRUCT -> struct(schema, schema.fields());
        };
    }

    /** Keys are values of their schema; two that are equal as text would be one member. */
    private static Arbitrary<Object> map(Schema schema) {
        return Combinators.combine(present(schema.keySchema()), value(schema.valueSchema()))
                .as(Tuple::of)
                .list()
                .ofMaxSize(3)
                .map(entries -> {
                    Map<Object, Object> map = new LinkedHashMap<>();
                    entries.forEach(entry -> map.put(entry.get1(), entry.get2()));
                    return map;
                });
    }

    private static Arbitrary<Object> struct(Schema schema, List<Field> fields) {
        return Combinators.combine(
                        fields.stream().map(field -> value(field.schema())).toList())
                .as(values -> {
                    Struct struct = new Struct(schema);
                    for (int i = 0; i < values.size(); i++) {
                        if (values.get(i) != null) {
                            struct.put(fields.get(i), values.get(i));
                        }
                    }
                    return struct;
                });
    }
}
