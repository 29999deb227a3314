package dev.kafila.eventbridge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kafila.format.RejectedRecord;
import dev.kafila.record.KafkaRecord;
import dev.kafila.record.RecordDecodeException;
import dev.kafila.record.RecordDecodeException.Side;
import dev.kafila.record.TestRecords;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.connect.errors.DataException;

/** Whatever the records are: none is lost or made twice, and requests are as full as they get. */
class RequestPackerPropertiesTest {
    private static final int LIMIT = 2_000;
    private static final String FILTERED = "filtered";
    private static final String BROKEN = "broken";

    /** What became of all records, in the order of the requests. */
    private static final class Run {
        private final List<Long> read = new ArrayList<>();
        private final List<Packed> requests = new ArrayList<>();

        Run(List<ConsumerRecord<byte[], byte[]>> records, boolean skipping) {
            RequestPacker packer =
                    new RequestPacker(TestEntries.reader(this::read, LIMIT), records, skipping, Map.of());
            while (packer.hasNext()) {
                requests.add(packer.next());
            }
        }

        private KafkaRecord read(ConsumerRecord<byte[], byte[]> record) {
            read.add(record.offset());
            KafkaRecord text = TestEntries.text(record);
            if (text.value().value().equals(BROKEN)) {
                throw new RecordDecodeException(record, Side.VALUE, "test", new DataException("no"));
            }
            return text.value().value().equals(FILTERED) ? null : text;
        }

        List<List<Entry>> entries() {
            return requests.stream()
                    .map(Packed::entries)
                    .filter(entries -> !entries.isEmpty())
                    .toList();
        }
    }

    @Property
    void everyRecordIsReadOnceAndEndsInOnePlace(@ForAll("values") List<String> values, @ForAll boolean skipping) {
        List<ConsumerRecord<byte[], byte[]>> records = records(values);

        Run run = new Run(records, skipping);

        assertThat(run.read).containsExactlyElementsOf(offsets(records));
        int position = 0;
        for (Packed packed : run.requests) {
            List<Long> taken = offsets(records.subList(position, position + packed.taken()));
            List<Long> sent =
                    offsets(packed.entries().stream().map(Entry::source).toList());
            List<Long> rejected = offsets(
                    packed.rejected().stream().map(RejectedRecord::record).toList());
            assertThat(sent).isSorted().doesNotHaveDuplicates().isSubsetOf(taken);
            assertThat(rejected).isSorted().doesNotHaveDuplicates().isSubsetOf(taken);
            assertThat(sent).noneMatch(rejected::contains);
            assertThat(sent.size() + rejected.size() + packed.filtered())
                    .isEqualTo(packed.taken())
                    .isPositive();
            position += packed.taken();
        }
        assertThat(position).isEqualTo(records.size());
    }

    @Property
    void everyRequestHasOneToTenEntriesBelowTheLimit(@ForAll("values") List<String> values, @ForAll boolean skipping) {
        for (List<Entry> request : new Run(records(values), skipping).entries()) {
            assertThat(request).hasSizeBetween(1, RequestPacker.MAX_ENTRIES);
            assertThat(size(request)).isLessThan(LIMIT);
        }
    }

    @Property
    void whatBeginsARequestDidNotFitIntoTheOneBefore(@ForAll("values") List<String> values) {
        List<List<Entry>> requests = new Run(records(values), true).entries();

        for (int at = 1; at < requests.size(); at++) {
            List<Entry> before = requests.get(at - 1);
            int together = size(before) + requests.get(at).get(0).size();
            assertThat(before.size() == RequestPacker.MAX_ENTRIES || together >= LIMIT)
                    .isTrue();
        }
    }

    @Provide
    Arbitrary<List<String>> values() {
        Arbitrary<String> value = Arbitraries.frequencyOf(
                Tuple.of(6, Arbitraries.integers().between(0, 20).map("é"::repeat)),
                Tuple.of(3, Arbitraries.integers().between(100, LIMIT).map("v"::repeat)),
                Tuple.of(1, Arbitraries.of(FILTERED, BROKEN)));
        return value.list().ofMinSize(1).ofMaxSize(60);
    }

    private static List<ConsumerRecord<byte[], byte[]>> records(List<String> values) {
        return TestRecords.records(values.toArray(String[]::new));
    }

    private static List<Long> offsets(List<ConsumerRecord<byte[], byte[]>> records) {
        return records.stream().map(ConsumerRecord::offset).toList();
    }

    private static int size(List<Entry> request) {
        return request.stream().mapToInt(Entry::size).sum();
    }
}
