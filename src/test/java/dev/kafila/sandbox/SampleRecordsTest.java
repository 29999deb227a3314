package dev.kafila.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

class SampleRecordsTest {
    private final SampleRecords orders = new SampleRecords("orders", 4);

    @Test
    void theSameNumberIsTheSameRecord() {
        assertThat(orders.record(7)).usingRecursiveComparison().isEqualTo(new SampleRecords("orders", 4).record(7));
        assertThat(orders.record(7).value()).isNotEqualTo(orders.record(8).value());
    }

    @Test
    void twentyRecordsHaveEveryOddityOnceAndTouchEveryPartition() {
        List<ProducerRecord<byte[], byte[]>> records = orders.records(0, 20);

        assertThat(records).filteredOn(record -> record.key() == null).hasSize(1);
        assertThat(records).filteredOn(record -> record.value() == null).hasSize(1);
        assertThat(records)
                .filteredOn(record -> record.value() != null && !JsonText.isObject(record.value()))
                .hasSize(1);
        assertThat(records)
                .filteredOn(record -> record.headers().lastHeader("campaign") != null)
                .singleElement()
                .satisfies(record -> {
                    assertThat(record.headers().lastHeader("campaign").value()).isNull();
                    assertThat(record.headers().headers("tag")).hasSize(2);
                });
        assertThat(records).extracting(ProducerRecord::partition).contains(0, 1, 2, 3);
    }
}
