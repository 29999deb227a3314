package dev.kafila.transform;

import static dev.kafila.record.TestRecords.TIME;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kafila.record.ConnectProperties;
import dev.kafila.record.KafkaRecord;
import dev.kafila.record.RecordTransformException;
import dev.kafila.record.SourceUnavailableException;
import dev.kafila.record.TestRecords;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.RetriableException;
import org.apache.kafka.connect.header.ConnectHeaders;
import org.apache.kafka.connect.header.Header;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.transforms.Transformation;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TransformsTest {
    private static final String CONNECT = "org.apache.kafka.connect.transforms.";

    private final CamelContext context = new DefaultCamelContext();
    private Transforms transforms;

    @AfterEach
    void close() {
        if (transforms != null) {
            transforms.close();
        }
    }

    @Test
    void routersNameAnotherTopicAndTheSourceIsKept() {
        KafkaRecord regex = apply("RegexRouter", Map.of("regex", "ord(.*)", "replacement", "new-$1"), value(Map.of()));
        KafkaRecord time = apply(
                "TimestampRouter",
                Map.of("topic.format", "${topic}-${timestamp}", "timestamp.format", "yyyyMMdd"),
                value(Map.of()));

        assertThat(regex.topic()).isEqualTo("new-ers");
        assertThat(time.topic()).isEqualTo("orders-20181217");
        assertThat(regex.source().topic()).isEqualTo("orders");
        assertThat(regex.partition()).isZero();
        assertThat(regex.timestamp()).isEqualTo(TIME);
    }

    @Test
    void fieldsAreInsertedReplacedMaskedAndCast() {
        Map<String, Object> order = Map.of("id", "5", "card", "4711", "old", 1L);

        assertThat(valueOf(apply("InsertField$Value", Map.of("offset.field", "at"), value(order))))
                .containsEntry("at", 7L);
        assertThat(valueOf(apply("ReplaceField$Value", Map.of("exclude", "card", "renames", "old:new"), value(order))))
                .containsOnlyKeys("id", "new");
        assertThat(valueOf(apply("MaskField$Value", Map.of("fields", "card", "replacement", "***"), value(order))))
                .containsEntry("card", "***");
        assertThat(valueOf(apply("Cast$Value", Map.of("spec", "id:int64,old:string"), value(order))))
                .containsEntry("id", 5L)
                .containsEntry("old", "1");
        assertThat(valueOf(apply("Flatten$Value", Map.of("delimiter", "_"), value(Map.of("a", Map.of("b", 1L))))))
                .containsEntry("a_b", 1L);
    }

    @Test
    void fieldsAreExtractedAndHoistedAndMadeTheKey() {
        Map<String, Object> order = Map.of("id", 5L);

        assertThat(apply("ExtractField$Value", Map.of("field", "id"), value(order))
                        .value()
                        .value())
                .isEqualTo(5L);
        assertThat(apply("HoistField$Key", Map.of("field", "k"), value(order))
                        .key()
                        .value())
                .isEqualTo(Map.of("k", "key"));
        assertThat(apply("ValueToKey", Map.of("fields", "id"), value(order))
                        .key()
                        .value())
                .isEqualTo(Map.of("id", 5L));
    }

    @Test
    void headersAreInsertedMovedAndDropped() {
        Map<String, Object> order = Map.of("id", 5L, "trace", "t-1");

        assertThat(headers(apply("InsertHeader", Map.of("header", "to", "value.literal", "x"), value(order))))
                .containsEntry("to", "x")
                .containsEntry("from", "there");
        KafkaRecord moved = apply(
                "HeaderFrom$Value",
                Map.of("fields", "trace", "headers", "trace-id", "operation", "move"),
                value(order));
        assertThat(headers(moved)).containsEntry("trace-id", "t-1");
        assertThat(valueOf(moved)).doesNotContainKey("trace");
        assertThat(headers(apply("DropHeaders", Map.of("headers", "from"), value(order))))
                .isEmpty();
    }

    @Test
    void schemasAreNamedAndTimesConverted() {
        Schema schema = SchemaBuilder.struct().field("at", Schema.INT64_SCHEMA).build();
        SchemaAndValue struct = new SchemaAndValue(schema, new Struct(schema).put("at", TIME));

        KafkaRecord named =
                apply("SetSchemaMetadata$Value", Map.of("schema.name", "Order", "schema.version", "2"), struct);
        KafkaRecord text = apply(
                "TimestampConverter$Value",
                Map.of("field", "at", "target.type", "string", "format", "yyyy-MM-dd"),
                struct);

        assertThat(named.value().schema().name()).isEqualTo("Order");
        assertThat(named.value().schema().version()).isEqualTo(2);
        assertThat(((Struct) text.value().value()).getString("at")).isEqualTo("2018-12-17");
    }

    @Test
    void aRecordIsFilteredWhereThePredicateHolds() {
        String predicates = CONNECT + "predicates.";
        SchemaAndValue value = value(Map.of("id", 5L));

        assertThat(filtered(predicates + "RecordIsTombstone", Map.of(), SchemaAndValue.NULL, false))
                .isTrue();
        assertThat(filtered(predicates + "RecordIsTombstone", Map.of(), value, false))
                .isFalse();
        assertThat(filtered(predicates + "RecordIsTombstone", Map.of(), value, true))
                .isTrue();
        assertThat(filtered(predicates + "HasHeaderKey", Map.of("name", "from"), value, false))
                .isTrue();
        assertThat(filtered(predicates + "HasHeaderKey", Map.of("name", "to"), value, false))
                .isFalse();
        assertThat(filtered(predicates + "TopicNameMatches", Map.of("pattern", "ord.*"), value, false))
                .isTrue();
        assertThat(filtered(predicates + "TopicNameMatches", Map.of("pattern", "cust.*"), value, false))
                .isFalse();
    }

    @Test
    void transformsAreAppliedInTheOrderInWhichTheyAreNamed() {
        Map<String, String> options = new LinkedHashMap<>();
        options.put("transforms", "second, first");
        options.put("transforms.first.type", CONNECT + "ExtractField$Value");
        options.put("transforms.first.field", "renamed");
        options.put("transforms.second.type", CONNECT + "ReplaceField$Value");
        options.put("transforms.second.renames", "id:renamed");

        assertThat(start(options).apply(record(value(Map.of("id", 5L)))).value().value())
                .isEqualTo(5L);
    }

    @Test
    void aRecordWithoutATimestampHasNoneForTransformsEither() {
        KafkaRecord record = new KafkaRecord(
                TestRecords.record(7, "k", "v"),
                "orders",
                0,
                ConsumerRecord.NO_TIMESTAMP,
                SchemaAndValue.NULL,
                value(Map.of("id", 1L)),
                new ConnectHeaders());

        KafkaRecord read = start(options("InsertField$Value", Map.of("timestamp.field", "at")))
                .apply(record);

        assertThat(valueOf(read)).doesNotContainKey("at");
        assertThat(read.timestamp()).isEqualTo(ConsumerRecord.NO_TIMESTAMP);
    }

    @Test
    void aTransformThatThrowsIsNamedAndTheValueIsNot() {
        assertThatThrownBy(() -> apply("Cast$Value", Map.of("spec", "id:int64"), value(Map.of("id", "secret"))))
                .isInstanceOfSatisfying(RecordTransformException.class, thrown -> assertThat(thrown.step())
                        .isEqualTo(CONNECT + "Cast$Value"))
                .hasMessageContaining("orders-0@7")
                .hasMessageNotContaining("secret");
    }

    @Test
    void aTransformThatAsksToBeTriedAgainDoesNotFailTheRecord() {
        assertThatThrownBy(() -> start(Map.of("transforms", "a", "transforms.a.type", Away.class.getName()))
                        .apply(record(SchemaAndValue.NULL)))
                .isInstanceOf(SourceUnavailableException.class);
    }

    @Test
    void recordsAreTransformedAtTheSameTimeAndNoTransformIsUsedByTwoThreadsAtOnce() throws Exception {
        transforms = start(Map.of("transforms", "a", "transforms.a.type", Meeting.class.getName()));
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<KafkaRecord>> transformed = IntStream.range(0, 4)
                    .mapToObj(thread -> threads.submit(() -> transforms.apply(record(SchemaAndValue.NULL))))
                    .toList();

            for (Future<KafkaRecord> record : transformed) {
                assertThat(record.get(30, TimeUnit.SECONDS)).isNotNull();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void everyTransformThatWasMadeIsClosedAndOneInUseWhenItIsNoLonger() throws Exception {
        Counted.OPEN.clear();
        transforms = start(Map.of("transforms", "a", "transforms.a.type", Counted.class.getName()));
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        Counted.waitsAt(inside, go);
        Thread thread = new Thread(() -> transforms.apply(record(SchemaAndValue.NULL)));
        thread.start();
        inside.await();

        transforms.close();
        assertThat(Counted.OPEN).hasSize(1);
        go.countDown();
        thread.join(20_000);

        assertThat(Counted.OPEN).isEmpty();
    }

    @Test
    void oneThreadMeetsTheSameTransformAgainAndAgain() {
        Counted.OPEN.clear();
        Counted.waitsAt(new CountDownLatch(0), new CountDownLatch(0));
        transforms = start(Map.of("transforms", "a", "transforms.a.type", Counted.class.getName()));

        IntStream.range(0, 100).forEach(i -> transforms.apply(record(SchemaAndValue.NULL)));

        assertThat(Counted.OPEN.values()).singleElement().satisfies(count -> assertThat(count)
                .hasValue(100));
    }

    private boolean filtered(
            String predicate, Map<String, String> predicateOptions, SchemaAndValue value, boolean negate) {
        Map<String, String> options = new LinkedHashMap<>();
        options.put("transforms", "f");
        options.put("transforms.f.type", CONNECT + "Filter");
        options.put("transforms.f.predicate", "p");
        options.put("transforms.f.negate", String.valueOf(negate));
        options.put("predicates", "p");
        options.put("predicates.p.type", predicate);
        predicateOptions.forEach((name, text) -> options.put("predicates.p." + name, text));
        return start(options).apply(record(value)) == null;
    }

    private KafkaRecord apply(String transform, Map<String, String> options, SchemaAndValue value) {
        return start(options(transform, options)).apply(record(value));
    }

    private static Map<String, String> options(String transform, Map<String, String> options) {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("transforms", "it");
        all.put("transforms.it.type", CONNECT + transform);
        options.forEach((name, text) -> all.put("transforms.it." + name, text));
        return all;
    }

    private Transforms start(Map<String, String> options) {
        return Transforms.start(properties(options, context), context);
    }

    static ConnectProperties properties(Map<String, String> options, CamelContext context) {
        Properties properties = new Properties();
        options.forEach((name, text) -> properties.setProperty("orders." + name, text));
        context.getPropertiesComponent().setOverrideProperties(properties);
        return ConnectProperties.read("property:orders.", context);
    }

    private static KafkaRecord record(SchemaAndValue value) {
        return new KafkaRecord(
                TestRecords.record(7, "k", "v"),
                "orders",
                0,
                TIME,
                new SchemaAndValue(null, "key"),
                value,
                new ConnectHeaders().addString("from", "there"));
    }

    private static SchemaAndValue value(Map<String, Object> value) {
        return new SchemaAndValue(null, value);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> valueOf(KafkaRecord record) {
        return (Map<String, Object>) record.value().value();
    }

    private static Map<String, Object> headers(KafkaRecord record) {
        Map<String, Object> headers = new LinkedHashMap<>();
        for (Header header : record.headers()) {
            headers.put(header.key(), header.value());
        }
        return headers;
    }

    /** Does nothing to records. */
    abstract static class Idle implements Transformation<SinkRecord> {
        @Override
        public void configure(Map<String, ?> configs) {}

        @Override
        public ConfigDef config() {
            return new ConfigDef();
        }

        @Override
        public void close() {}
    }

    /** Needs something that is out of reach. */
    public static final class Away extends Idle {
        @Override
        public SinkRecord apply(SinkRecord record) {
            throw new RetriableException("lookup.example cannot be reached");
        }
    }

    /** Lets no record go before four of them are there, and refuses to have two of them itself. */
    public static final class Meeting extends Idle {
        private static final CyclicBarrier FOUR = new CyclicBarrier(4);
        private final AtomicInteger inside = new AtomicInteger();

        @Override
        public SinkRecord apply(SinkRecord record) {
            boolean alone = inside.incrementAndGet() == 1;
            try {
                FOUR.await(20, TimeUnit.SECONDS);
            } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
                throw new IllegalStateException("four records were not transformed at the same time", e);
            }
            inside.decrementAndGet();
            if (!alone) {
                throw new IllegalStateException("two threads use the same transform");
            }
            return record;
        }
    }

    /** Is known until it is closed, with the number of its records. */
    public static final class Counted extends Idle {
        static final Map<Counted, AtomicInteger> OPEN = new ConcurrentHashMap<>();
        private static volatile CountDownLatch inside = new CountDownLatch(0);
        private static volatile CountDownLatch go = new CountDownLatch(0);

        static void waitsAt(CountDownLatch newInside, CountDownLatch newGo) {
            inside = newInside;
            go = newGo;
        }

        @Override
        public void configure(Map<String, ?> configs) {
            OPEN.put(this, new AtomicInteger());
        }

        @Override
        public SinkRecord apply(SinkRecord record) {
            OPEN.get(this).incrementAndGet();
            inside.countDown();
            try {
                go.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return record;
        }

        @Override
        public void close() {
            OPEN.remove(this);
        }
    }
}
