package dev.kafila.management;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PartitionsTest {
    @Test
    void theTopicIsWhatComesBeforeTheLastDash() {
        assertThat(Partitions.parse("orders-eu-3")).contains(new TopicPartition("orders-eu", 3));
    }

    @ParameterizedTest
    @ValueSource(strings = {"orders", "orders-", "-1", "orders-x", "orders-1234567890", "", "orders-١"})
    void whatIsNotAPartitionsNameIsNone(String name) {
        assertThat(Partitions.parse(name)).isEmpty();
    }
}
