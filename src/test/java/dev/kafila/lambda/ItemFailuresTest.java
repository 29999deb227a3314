package dev.kafila.lambda;

import static dev.kafila.record.TestRecords.record;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.UniqueElements;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ItemFailuresTest {
    private static final String TOPIC = "my-orders-2";
    private static final SentRecords SENT =
            new SentRecords(List.of(sent(100), sent(102), sent(105)), Map.of(105L, new TopicPartition("renamed", 7)));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "null",
                "{}",
                "[]",
                "7",
                "\"batchItemFailures\"",
                "{\"batchItemFailures\":null}",
                "{\"batchItemFailures\":[]}",
                "{\"other\":{\"batchItemFailures\":[{}]}}",
                "[{\"batchItemFailures\":[{\"itemIdentifier\":1}]}]",
                "{\"a\":[1,{\"b\":2}],\"batchItemFailures\":[],\"c\":1e999999}"
            })
    void anAnswerThatNamesNothingIsASuccess(String answer) {
        assertThat(ItemFailures.of(answer, SENT)).isEqualTo(ItemFailures.NONE);
    }

    @Test
    void theNamedRecordsHaveFailedInWhateverOrderAndHoweverOften() {
        assertThat(of(item("my-orders-2-0", 105), item("my-orders-2-0", 100), item("my-orders-2-0", 100)))
                .isEqualTo(new ItemFailures(true, Set.of(0, 2)));
    }

    @Test
    void aRecordThatWasRenamedIsKnownByBothNames() {
        assertThat(of(item("renamed-7", 105))).isEqualTo(new ItemFailures(true, Set.of(2)));
        assertThat(of(item("my-orders-2-0", 105))).isEqualTo(new ItemFailures(true, Set.of(2)));
        assertThat(of(item("renamed-7", 100)).readable()).isFalse();
    }

    @Test
    void furtherMembersDoNotMatter() {
        assertThat(ItemFailures.of(
                        "{\"x\":[[]],\"batchItemFailures\":[{\"why\":{\"a\":[]},\"itemIdentifier\":{\"n\":{},\"offset\":102,"
                                + "\"partition\":\"my-orders-2-0\",\"z\":[1]}}],\"y\":{}}",
                        SENT))
                .isEqualTo(new ItemFailures(true, Set.of(1)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"batchItemFailures\":{}}",
                "{\"batchItemFailures\":true}",
                "{\"batchItemFailures\":\"\"}",
                "{\"batchItemFailures\":[null]}",
                "{\"batchItemFailures\":[7]}",
                "{\"batchItemFailures\":[[]]}",
                "{\"batchItemFailures\":[{}]}",
                "{\"batchItemFailures\":[{\"itemIdentifier\":null}]}",
                "{\"batchItemFailures\":[{\"itemIdentifier\":\"\"}]}",
                "{\"batchItemFailures\":[{\"itemIdentifier\":{}}]}",
                "{\"batchItemFailures\":[{\"itemIdentifier\":[]}]}",
                "{\"batchItemFailures\":[{\"itemidentifier\":{\"partition\":\"my-orders-2-0\",\"offset\":100}}]}",
                "{\"batchItemFailures\":[{\"itemIdentifier\":{\"offset\":100}}]}",
                "{\"batchItemFailures\":[{\"itemIdentifier\":{\"partition\":\"my-orders-2-0\"}}]}",
                "{\"batchItemFailures\":[{\"itemIdentifier\":{\"partition\":0,\"offset\":100}}]}",
                "{\"batchItemFailures\":[{\"itemIdentifier\":{\"partition\":\"my-orders-2-0\",\"offset\":\"100\"}}]}",
                "{\"batchItemFailures\":[{\"itemIdentifier\":{\"partition\":\"my-orders-2-0\",\"offset\":100.0}}]}",
                "{\"batchItemFailures\":[{\"itemIdentifier\":{\"partition\":\"my-orders-2-0\",\"offset\":1"
                        + "00000000000000000000000}}]}",
                "{\"batchItemFailures\":[{\"itemIdentifier\":{\"partition\":\"my-orders-2-0\",\"offset\":101}}]}",
                "{\"batchItemFailures\":[{\"itemIdentifier\":{\"partition\":\"my-orders-2-1\",\"offset\":100}}]}",
                "{\"batchItemFailures\":[{\"itemIdentifier\":{\"partition\":\"my-orders-2-00\",\"offset\":100}}]}",
                "{\"batchItemFailures\":[{\"itemIdentifier\":{\"partition\":\"my-orders\",\"offset\":100}}]}",
                "{\"batchItemFailures\":[{\"itemIdentifier\":{\"partition\":\"\",\"offset\":100}}]}",
                "{\"batchItemFailures\":[]",
                "{\"batchItemFailures\":[]} {}",
                "Internal error",
                "{\"batchItemFailures\":[{\"itemIdentifier\":{\"partition\":\"my-orders-2-0\",\"offset\":100}},{}]}"
            })
    void whatIsMalformedOrWasNotSentFailsTheWholeBatch(String answer) {
        assertThat(ItemFailures.of(answer, SENT).readable()).isFalse();
    }

    @Property(tries = 300)
    void exactlyTheNamedRecordsHaveFailed(
            @ForAll @UniqueElements List<@IntRange(max = 50) Integer> offsets,
            @ForAll Set<@IntRange(max = 50) Integer> named) {
        List<Integer> sorted = offsets.stream().sorted().toList();
        SentRecords sent =
                new SentRecords(sorted.stream().map(ItemFailuresTest::sent).toList(), Map.of());

        ItemFailures failures = ItemFailures.of(
                answer(named.stream().map(offset -> item(TOPIC + "-0", offset)).toArray(String[]::new)), sent);

        assertThat(failures.readable()).isEqualTo(sorted.containsAll(named));
        if (failures.readable()) {
            assertThat(failures.failed().stream()
                            .map(index -> (int) sent.get(index).offset()))
                    .containsExactlyInAnyOrderElementsOf(named);
        }
    }

    @Property(tries = 1000)
    void noAnswerIsTooStrangeToBeUnderstood(@ForAll("anyAnswer") String answer) {
        ItemFailures failures = ItemFailures.of(answer, SENT);

        assertThat(failures.failed()).isSubsetOf(0, 1, 2);
    }

    @Provide
    Arbitrary<String> anyAnswer() {
        return AnyAnswers.of(TOPIC, List.of(100L, 102L, 105L));
    }

    private static ItemFailures of(String... items) {
        return ItemFailures.of(answer(items), SENT);
    }

    private static String answer(String... items) {
        return "{\"batchItemFailures\":[" + String.join(",", items) + "]}";
    }

    private static String item(String partition, long offset) {
        return "{\"itemIdentifier\":{\"partition\":\"" + partition + "\",\"offset\":" + offset + "}}";
    }

    private static ConsumerRecord<byte[], byte[]> sent(long offset) {
        return record(TOPIC, 0, offset, TimestampType.CREATE_TIME, null, null, new RecordHeaders());
    }
}
