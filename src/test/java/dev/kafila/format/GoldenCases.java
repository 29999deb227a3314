package dev.kafila.format;

import static dev.kafila.record.TestRecords.record;
import static dev.kafila.record.TestRecords.utf8;

import dev.kafila.record.KafkaRecord;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.data.Time;
import org.apache.kafka.connect.data.Timestamp;
import org.apache.kafka.connect.header.ConnectHeaders;

/** One record for each kind of data that the contract of the payloads names, by its name in the golden files. */
public final class GoldenCases {
    private static final Schema LANGUAGE = SchemaBuilder.string()
            .name("io.confluent.connect.avro.Enum")
            .doc("Of the greeting")
            .parameter("io.confluent.connect.avro.Enum", "language")
            .parameter("io.confluent.connect.avro.Enum.1", "ENGLISH")
            .parameter("io.confluent.connect.avro.Enum.2", "FRENCH")
            .build();

    private static final Schema SENDER = SchemaBuilder.struct()
            .name("com.nordstrom.kafka.example.Sender")
            .optional()
            .field("name", Schema.STRING_SCHEMA)
            .field("age", Schema.OPTIONAL_INT32_SCHEMA)
            .build();

    private static final Schema HELLO = SchemaBuilder.struct()
            .name("com.nordstrom.kafka.example.Hello")
            .version(1)
            .field("language", LANGUAGE)
            .field("greeting", Schema.STRING_SCHEMA)
            .field("sender", SENDER)
            .field("words", SchemaBuilder.array(Schema.STRING_SCHEMA).build())
            .field(
                    "counts",
                    SchemaBuilder.map(Schema.STRING_SCHEMA, Schema.INT32_SCHEMA).build())
            .build();

    private static final Schema NULLABLE = SchemaBuilder.struct()
            .field("none", Schema.OPTIONAL_STRING_SCHEMA)
            .field(
                    "defaulted",
                    SchemaBuilder.int32().optional().defaultValue(42).build())
            .field("nested", SENDER)
            .field(
                    "list",
                    SchemaBuilder.array(Schema.OPTIONAL_STRING_SCHEMA)
                            .optional()
                            .build())
            .build();

    private static final Schema LOGICAL = SchemaBuilder.struct()
            .field("decimal", Decimal.schema(2))
            .field("date", org.apache.kafka.connect.data.Date.SCHEMA)
            .field("time", Time.SCHEMA)
            .field("timestamp", Timestamp.SCHEMA)
            .build();

    private static final Schema PICTURE = SchemaBuilder.struct()
            .field("pixels", Schema.BYTES_SCHEMA)
            .field(
                    "tags",
                    SchemaBuilder.map(Schema.STRING_SCHEMA, Schema.BYTES_SCHEMA).build())
            .build();

    private static final Schema REAL = SchemaBuilder.struct()
            .field("float", SchemaBuilder.array(Schema.FLOAT32_SCHEMA).build())
            .field("double", SchemaBuilder.array(Schema.FLOAT64_SCHEMA).build())
            .build();

    private static final Schema WHOLE = SchemaBuilder.struct()
            .field("int8", Schema.INT8_SCHEMA)
            .field("int16", Schema.INT16_SCHEMA)
            .field("int32", Schema.INT32_SCHEMA)
            .field("int64", Schema.INT64_SCHEMA)
            .field("boolean", Schema.BOOLEAN_SCHEMA)
            .build();

    private final Map<String, KafkaRecord> cases = new LinkedHashMap<>();

    private GoldenCases() {
        text();
        bytes();
        structs();
        numbers();
        schemaless();
        places();
    }

    public static Map<String, KafkaRecord> all() {
        return new GoldenCases().cases;
    }

    /** Values of headers of every kind, as a converter of headers that knows them reads them. */
    public static KafkaRecord headers() {
        ConnectHeaders headers = new ConnectHeaders();
        headers.addString("text", "heë \"quoted\"");
        headers.addString("text", "again");
        headers.addString("empty", "");
        headers.add("none", SchemaAndValue.NULL);
        headers.addBytes("binary", new byte[] {-1, 0, 127});
        headers.addLong("number", Long.MAX_VALUE);
        headers.addBoolean("flag", true);
        headers.addDecimal("price", new BigDecimal("9.90"));
        headers.addTimestamp("at", Date.from(Instant.ofEpochMilli(1_545_084_650_987L)));
        headers.addList(
                "list",
                List.of("a", "b"),
                SchemaBuilder.array(Schema.STRING_SCHEMA).build());
        headers.addStruct("sender", new Struct(SENDER).put("name", "Ann").put("age", 7));
        ConsumerRecord<byte[], byte[]> source = record(0, "k", "v");
        return new KafkaRecord(source, "orders", 0, source.timestamp(), string("recordKey"), string("Hello"), headers);
    }

    private void text() {
        add("string", string("recordKey"), string("Hello"));
        add("string that is required", new SchemaAndValue(Schema.STRING_SCHEMA, "my_key"), string("Hello"));
        add("string without a schema", none("recordKey"), none("Hello"));
        add("empty string", string(""), string(""));
        add("string that holds JSON", string("{\"id\":1}"), string("{\"id\": 1.0, \"of\" : [true, null]}"));
        add("unicode", string("ключ"), string("🐪 é 漢 \u2028 \u007f / \\ \" \b\f\n\r\t \u0000\u001f"));
        add("null key", string(null), string("Hello"));
        add("null key without a schema", SchemaAndValue.NULL, string("Hello"));
        add("tombstone", string("recordKey"), string(null));
        add("tombstone without a schema", string("recordKey"), SchemaAndValue.NULL);
    }

    private void bytes() {
        add(
                "bytes",
                new SchemaAndValue(Schema.OPTIONAL_BYTES_SCHEMA, utf8("recordKey")),
                new SchemaAndValue(Schema.OPTIONAL_BYTES_SCHEMA, new byte[] {0, -2, -1}));
        add("bytes without a schema", none(new byte[0]), none(new byte[] {0, -2, -1}));
        add(
                "bytes in a buffer",
                new SchemaAndValue(Schema.BYTES_SCHEMA, ByteBuffer.wrap(new byte[0])),
                new SchemaAndValue(Schema.BYTES_SCHEMA, ByteBuffer.wrap(new byte[] {0, -2, -1})));
        Struct picture = new Struct(PICTURE)
                .put("pixels", new byte[] {0, -2, -1})
                .put("tags", Map.of("icon", ByteBuffer.wrap(utf8("x"))));
        add("bytes in a struct", string("k"), new SchemaAndValue(PICTURE, picture));
    }

    private void structs() {
        Struct hello = new Struct(HELLO)
                .put("language", "ENGLISH")
                .put("greeting", "hello, world")
                .put("sender", new Struct(SENDER).put("name", "Ann"))
                .put("words", List.of("hello", "world"))
                .put("counts", Map.of("hello", 1));
        add("struct", new SchemaAndValue(HELLO, hello), new SchemaAndValue(HELLO, hello));
        add("optional fields that are null", string("k"), new SchemaAndValue(NULLABLE, new Struct(NULLABLE)));
        Struct listing = new Struct(NULLABLE).put("list", Arrays.asList("a", null));
        add("array with a null", string("k"), new SchemaAndValue(NULLABLE, listing));
        Schema array = SchemaBuilder.array(HELLO.field("counts").schema()).build();
        add("array of maps", string("k"), new SchemaAndValue(array, List.of(Map.of("a", 1), Map.of())));
        Map<Object, Object> pairs = new LinkedHashMap<>();
        pairs.put(1, "one");
        pairs.put(-2, null);
        Schema numbered = SchemaBuilder.map(Schema.INT32_SCHEMA, Schema.OPTIONAL_STRING_SCHEMA)
                .build();
        add("map whose keys are no strings", string("k"), new SchemaAndValue(numbered, pairs));
        Struct logical = new Struct(LOGICAL)
                .put("decimal", new BigDecimal("-123.45"))
                .put("date", at("2018-12-17T00:00:00Z"))
                .put("time", at("1970-01-01T22:10:50.987Z"))
                .put("timestamp", at("2018-12-17T22:10:50.987Z"));
        add("decimal, date, time and timestamp", string("k"), new SchemaAndValue(LOGICAL, logical));
        add("decimal alone", string("k"), new SchemaAndValue(Decimal.schema(3), new BigDecimal("0.001")));
    }

    private void numbers() {
        add(
                "int64",
                new SchemaAndValue(Schema.INT64_SCHEMA, Long.MIN_VALUE),
                new SchemaAndValue(Schema.INT64_SCHEMA, Long.MAX_VALUE));
        Struct whole = new Struct(WHOLE)
                .put("int8", Byte.MIN_VALUE)
                .put("int16", Short.MAX_VALUE)
                .put("int32", Integer.MIN_VALUE)
                .put("int64", 9_007_199_254_740_993L)
                .put("boolean", true);
        add("whole numbers and a boolean", string("k"), new SchemaAndValue(WHOLE, whole));
        Struct real = new Struct(REAL)
                .put("float", List.of(0.1f, -0.0f, 1e10f, Float.MAX_VALUE, Float.MIN_VALUE, Float.NaN))
                .put("double", List.of(0.1, 100.0, 1e-5, 1.7976931348623157e308, Double.NEGATIVE_INFINITY));
        add("float and double", string("k"), new SchemaAndValue(REAL, real));
        List<Object> digits = List.of(
                new BigInteger("18446744073709551616"),
                new BigDecimal("0.10"),
                new BigDecimal("1E+400"),
                1.5f,
                Double.POSITIVE_INFINITY);
        add("numbers without a schema", none(42), none(digits));
    }

    private void schemaless() {
        Map<String, Object> order = new LinkedHashMap<>();
        order.put("id", 7L);
        order.put("price", 9.9);
        order.put("paid", false);
        order.put("note", null);
        order.put("lines", List.of(Map.of("sku", "a"), List.of()));
        add("map without a schema", none(Map.of("id", 7L)), none(order));
        add("list without a schema", none(List.of()), none(new ArrayList<>(Arrays.asList("a", 1, null))));
        Map<Object, Object> numbered = new LinkedHashMap<>();
        numbered.put(1, "one");
        numbered.put(true, "two");
        add("map without a schema whose keys are no strings", string("k"), none(numbered));
        add("point in time without a schema", string("k"), none(at("2018-12-17T22:10:50.987Z")));
    }

    private void places() {
        RecordHeaders none = new RecordHeaders();
        ConsumerRecord<byte[], byte[]> timeless =
                record("orders", 0, cases.size(), TimestampType.NO_TIMESTAMP_TYPE, null, null, none);
        cases.put("no timestamp", new KafkaRecord(timeless, string("k"), string("v")));
        ConsumerRecord<byte[], byte[]> appended =
                record("orders", 0, cases.size(), TimestampType.LOG_APPEND_TIME, null, null, none);
        cases.put("log append time", new KafkaRecord(appended, string("k"), string("v")));
        ConsumerRecord<byte[], byte[]> moved =
                record("orders", 0, cases.size(), TimestampType.CREATE_TIME, null, null, none);
        cases.put(
                "place and time of a transform",
                new KafkaRecord(moved, "orders-eu", 3, 86_400_000, string("k"), string("v"), null));
    }

    private void add(String name, SchemaAndValue key, SchemaAndValue value) {
        cases.put(name, new KafkaRecord(record(cases.size(), null, (String) null), key, value));
    }

    private static SchemaAndValue string(String value) {
        return new SchemaAndValue(Schema.OPTIONAL_STRING_SCHEMA, value);
    }

    private static SchemaAndValue none(Object value) {
        return new SchemaAndValue(null, value);
    }

    private static Date at(String instant) {
        return Date.from(Instant.parse(instant));
    }
}
