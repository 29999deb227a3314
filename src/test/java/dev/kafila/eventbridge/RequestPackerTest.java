package dev.kafila.eventbridge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kafila.record.KafkaRecord;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.junit.jupiter.api.Test;

class RequestPackerTest {
    private static final int LIMIT = 1_048_576;

    @Test
    void aRequestHasTenEntriesAtMost() {
        RequestPacker packer = new RequestPacker(reader(LIMIT), records(12), true, Map.of());

        assertThat(packer.next().entries())
                .extracting(entry -> entry.source().offset())
                .containsExactly(0L, 1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L);
        assertThat(packer.next().taken()).isEqualTo(2);
        assertThat(packer.hasNext()).isFalse();
    }

    private static EntryReader reader(int limit) {
        EntryOptions options = EntryOptions.of(name -> name.equals("bus") ? "orders" : "");
        return new EntryReader(RequestPackerTest::read, new EntryFormatter(options, limit));
    }

    private static KafkaRecord read(ConsumerRecord<byte[], byte[]> record) {
        return new KafkaRecord(
                record,
                SchemaAndValue.NULL,
                new SchemaAndValue(null, new String(record.value(), StandardCharsets.UTF_8)));
    }

    private static List<ConsumerRecord<byte[], byte[]>> records(int count) {
        return LongStream.range(0, count)
                .mapToObj(offset -> new ConsumerRecord<byte[], byte[]>(
                        "orders", 0, offset, null, ("order " + offset).getBytes(StandardCharsets.UTF_8)))
                .toList();
    }
}
