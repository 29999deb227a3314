package dev.kafila.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class GroupStartTest {

    @Property(tries = 200)
    void readsBackWhatItWrote(
            @ForAll @LongRange(min = 0, max = 4_000_000_000_000L) long millis,
            @ForAll @Size(max = 5)
                    Map<
                                    @CharRange(from = 'a', to = 'z') @StringLength(min = 1, max = 20) String,
                                    @IntRange(min = 1, max = 10_000) Integer>
                            partitions) {
        GroupStart start = new GroupStart(Instant.ofEpochMilli(millis), partitions);

        assertThat(GroupStart.parse(start.toMetadata())).isEqualTo(start);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                "something of another system",
                "kafila-start",
                "kafila-start soon",
                "kafila-start 2026-01-01T00:00:00Z x"
            })
    void theMetadataOfOthersIsNoGroupStart(String metadata) {
        assertThat(GroupStart.parse(metadata)).isNull();
    }

    @Test
    void neverOutgrowsTheBrokersLimit() {
        Map<String, Integer> many = new HashMap<>();
        for (int i = 0; i < 1_000; i++) {
            many.put("a-topic-with-a-long-name-" + i, 12);
        }

        String metadata = new GroupStart(Instant.EPOCH, many).toMetadata();

        assertThat(metadata.length()).isLessThan(4_096);
        assertThat(GroupStart.parse(metadata).knew("a-topic-with-a-long-name-1", 0))
                .isFalse();
    }

    @Test
    void knowsThePartitionsThatThereWere() {
        GroupStart start = new GroupStart(Instant.EPOCH, Map.of("orders", 2));

        assertThat(start.knew("orders", 1)).isTrue();
        assertThat(start.knew("orders", 2)).isFalse();
        assertThat(start.knew("payments", 0)).isFalse();
    }
}
