package dev.kafila.mapping.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kafila.mapping.Mapping;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Whatever is in the topic. */
class StoreRecordsPropertiesTest {
    private static final Mapping MAPPING = TestMappings.created();
    private static final String CHANGE = StoreJson.change(MAPPING, 1, 2);

    @Property(tries = 300)
    void nothingThatSomebodyElseWroteStopsTheReading(@ForAll("keys") String key, @ForAll("values") String value) {
        assertThat(StoreRecords.read(record(key, value)))
                .matches(read -> read.isEmpty() || read.get().key().text().equals(key));
    }

    @Property(tries = 300)
    void whatIsReadOfAnyChangeCanBeAppliedAndCompared(@ForAll("broken") String value) {
        MappingTable table = new MappingTable();
        StoreKey.Change key = new StoreKey.Change(MAPPING.uuid(), 1, "n");
        Optional<StoreRecord> read = StoreRecords.read(record(key.text(), value));
        read.ifPresent(table::apply);

        assertThat(table.verdict(key).twin()).isEmpty();
        assertThat(table.twin(new StoredChange(TestMappings.created(), 1, false)))
                .isEmpty();
    }

    private static ConsumerRecord<byte[], byte[]> record(String key, String value) {
        return new ConsumerRecord<>(
                "t",
                0,
                7,
                key == null ? null : key.getBytes(StandardCharsets.UTF_8),
                value == null ? null : value.getBytes(StandardCharsets.UTF_8));
    }

    @Provide
    Arbitrary<String> keys() {
        return Arbitraries.oneOf(
                Arbitraries.strings().withCharRange(' ', '~').ofMaxLength(20).injectNull(0.1),
                Arbitraries.of("u/1/n", "u/status/1", "u/seen/i", "u/01/n", "u/99999999999999999999/n", "/1/n"));
    }

    @Provide
    Arbitrary<String> values() {
        return Arbitraries.oneOf(
                Arbitraries.strings().ofMaxLength(30).injectNull(0.1),
                Arbitraries.of("null", "[]", "{}", "7", "{\"status\":null}", "{\"uuid\":\"u\"}", "[".repeat(5_000)));
    }

    /** A change of which a piece was cut out, or replaced. */
    @Provide
    Arbitrary<String> broken() {
        return Arbitraries.integers().between(0, CHANGE.length() - 1).flatMap(from -> Arbitraries.integers()
                .between(0, 60)
                .flatMap(length -> Arbitraries.of("", "null", "{}", "[]", "\"\"", "1e999999999", "-1")
                        .map(piece -> CHANGE.substring(0, from)
                                + piece
                                + CHANGE.substring(Math.min(CHANGE.length(), from + length)))));
    }
}
