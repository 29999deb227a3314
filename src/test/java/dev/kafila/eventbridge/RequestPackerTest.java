package dev.kafila.eventbridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kafila.format.PayloadBuffer;
import dev.kafila.format.RecordFormatException;
import dev.kafila.format.RecordTooLargeException;
import dev.kafila.format.RejectedRecord;
import dev.kafila.record.KafkaRecord;
import dev.kafila.record.RecordDecodeException;
import dev.kafila.record.RecordDecodeException.Side;
import dev.kafila.record.RecordTransformException;
import dev.kafila.record.SourceUnavailableException;
import dev.kafila.record.TestRecords;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.errors.RetriableException;
import org.junit.jupiter.api.Test;

class RequestPackerTest {
    private static final int LIMIT = 10_000;

    /** Bytes of a value; an entry with it is somewhat larger. */
    private static final int THIRD = LIMIT / 3;

    @Test
    void aRequestHasTenEntriesAtMostInTheirOrder() {
        RequestPacker packer = packer(true, values(12, "v"));

        Packed first = packer.next();
        Packed second = packer.next();

        assertThat(offsets(first)).containsExactly(0L, 1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L);
        assertThat(offsets(second)).containsExactly(10L, 11L);
        assertThat(first.taken()).isEqualTo(10);
        assertThat(second.taken()).isEqualTo(2);
        assertThat(packer.hasNext()).isFalse();
        assertThatThrownBy(packer::next).isInstanceOf(NoSuchElementException.class);
    }

    @Test
    void aRequestStaysBelowTheLimit() {
        RequestPacker packer = packer(true, values(3, "v".repeat(THIRD)));

        assertThat(offsets(packer.next())).containsExactly(0L, 1L);
        assertThat(offsets(packer.next())).containsExactly(2L);
    }

    @Test
    void entriesThatMakeExactlyTheLimitTogetherAreTwoRequests() {
        List<ConsumerRecord<byte[], byte[]>> records = TestRecords.records("a", "b");
        int size = TestEntries.reader(TestEntries::text, LIMIT)
                .read(records.get(0), new PayloadBuffer(16))
                .size();

        assertThat(offsets(packer(2 * size, records).next())).containsExactly(0L);
        assertThat(offsets(packer(2 * size + 1, records).next())).containsExactly(0L, 1L);
    }

    @Test
    void whatCannotBeInAnyRequestIsLeftOutAndItsNeighboursGoOn() {
        Packed packed = packer(true, "a", "undecodable", "b", "untransformable", "c", "large", "d", "unformattable")
                .next();

        assertThat(offsets(packed)).containsExactly(0L, 2L, 4L, 6L);
        assertThat(packed.rejected())
                .extracting(rejected -> (Object) rejected.reason().getClass())
                .containsExactly(
                        RecordDecodeException.class,
                        RecordTransformException.class,
                        RecordTooLargeException.class,
                        RecordFormatException.class);
        assertThat(packed.rejected())
                .extracting(RejectedRecord::record)
                .extracting(ConsumerRecord::offset)
                .containsExactly(1L, 3L, 5L, 7L);
        assertThat(packed.taken()).isEqualTo(8);
    }

    @Test
    void aRequestEndsBeforeWhatEndsTheRest() {
        RequestPacker packer = packer(false, "a", "filtered", "undecodable", "b");

        Packed before = packer.next();
        Packed alone = packer.next();
        Packed after = packer.next();

        assertThat(offsets(before)).containsExactly(0L);
        assertThat(before.taken()).isEqualTo(2);
        assertThat(before.rejected()).isEmpty();
        assertThat(alone.entries()).isEmpty();
        assertThat(alone.rejected()).hasSize(1);
        assertThat(alone.taken()).isEqualTo(1);
        assertThat(offsets(after)).containsExactly(3L);
    }

    @Test
    void filteredRecordsAreCounted() {
        Packed packed = packer(true, "filtered", "a", "filtered").next();

        assertThat(packed.filtered()).isEqualTo(2);
        assertThat(packed.taken()).isEqualTo(3);
        assertThat(offsets(packed)).containsExactly(1L);
    }

    @Test
    void aRequestEndsBeforeWhatCannotBeReadForNowAndItIsReadAgain() {
        RequestPacker packer = packer(true, "a", "unavailable", "b");

        Packed before = packer.next();
        Packed again = packer.next();

        assertThat(offsets(before)).containsExactly(0L);
        assertThat(before.taken()).isEqualTo(1);
        assertThat(before.unavailable()).hasMessageContaining("orders-0@1");
        assertThat(again.taken()).isZero();
        assertThat(again.entries()).isEmpty();
        assertThat(again.unavailable()).isNotNull();
        assertThat(packer.hasNext()).isTrue();
    }

    @Test
    void entriesOfAnEarlierAttemptAreUsedAgain() {
        List<ConsumerRecord<byte[], byte[]>> records = TestRecords.records("undecodable", "a");
        Entry kept = TestEntries.reader(TestEntries::text, LIMIT).read(records.get(0), new PayloadBuffer(16));
        RequestPacker packer = new RequestPacker(reader(LIMIT), records, true, Map.of(0L, kept));

        assertThat(packer.next().entries()).hasSize(2).first().isSameAs(kept);
    }

    private static RequestPacker packer(boolean skipping, String... values) {
        return new RequestPacker(reader(LIMIT), TestRecords.records(values), skipping, Map.of());
    }

    private static RequestPacker packer(int limit, List<ConsumerRecord<byte[], byte[]>> records) {
        return new RequestPacker(reader(limit), records, true, Map.of());
    }

    private static EntryReader reader(int limit) {
        return TestEntries.reader(RequestPackerTest::read, limit);
    }

    /** What becomes of a record is its value. */
    private static KafkaRecord read(ConsumerRecord<byte[], byte[]> record) {
        KafkaRecord text = TestEntries.text(record);
        return switch ((String) text.value().value()) {
            case "filtered" -> null;
            case "large" -> TestEntries.text(TestRecords.record(record.offset(), "k", "v".repeat(LIMIT)));
            case "undecodable" -> throw new RecordDecodeException(record, Side.VALUE, "test", new DataException("no"));
            case "untransformable" -> throw new RecordTransformException(record, "test", new DataException("no"));
            case "unformattable" -> new KafkaRecord(record, text.key(), new SchemaAndValue(null, new Object()));
            case "unavailable" -> throw new SourceUnavailableException(record, "test", new RetriableException("away"));
            default -> text;
        };
    }

    private static String[] values(int count, String value) {
        return Stream.generate(() -> value).limit(count).toArray(String[]::new);
    }

    private static List<Long> offsets(Packed packed) {
        return packed.entries().stream().map(entry -> entry.source().offset()).toList();
    }
}
