package dev.kafila.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BufferBoundTest {
    private static final int BUFFER = 1 << 20;
    private static final int FETCH = 50_000;
    private static final int SHARE = (BUFFER - 4 * FETCH) / 2;

    private final MockConsumer<byte[], byte[]> client = new MockConsumer<>(OffsetResetStrategy.NONE);
    private final Ledger ledger = Ledger.of(new DefaultCamelContext());
    private final BufferBound bound = new BufferBound(client, options(), FETCH);
    private final Lane first = lane(0);
    private final Lane second = lane(1);
    private final List<Lane> lanes = List.of(first, second);

    @BeforeEach
    void assign() {
        Set<TopicPartition> partitions = lanes.stream().map(Lane::partition).collect(Collectors.toSet());
        client.assign(partitions);
        bound.divide(partitions);
    }

    @Test
    void aLaneOverItsShareIsPausedAndTheOthersGoOn() {
        add(first, SHARE);
        bound.apply(lanes);

        assertThat(client.paused()).containsExactly(first.partition());
        assertThat(bound.isFull(first)).isTrue();
        assertThat(bound.isFull(second)).isFalse();
    }

    @Test
    void aLaneThatIsABatchAndAFetchAheadIsPausedLongBeforeItsShareIsFull() {
        add(first, FETCH - 10_000);
        bound.apply(lanes);
        assertThat(client.paused()).isEmpty();

        add(first, 10_000);
        bound.apply(lanes);

        assertThat(client.paused()).containsExactly(first.partition());
        assertThat(bound.isFull(first)).isFalse();
    }

    @Test
    void aLaneIsResumedWhenLessThanHalfAFetchIsLeft() {
        add(first, FETCH / 2);
        add(first, FETCH / 2);
        add(first, 1_000);
        bound.apply(lanes);

        settleOne(first);
        bound.apply(lanes);
        assertThat(client.paused()).containsExactly(first.partition());
        settleOne(first);
        bound.apply(lanes);

        assertThat(client.paused()).isEmpty();
    }

    @Test
    void aLaneWithoutAWholeBatchTakesMoreUpToItsShare() {
        BufferBound several = new BufferBound(client, options(3), FETCH);
        several.divide(Set.of(first.partition(), second.partition()));
        add(first, SHARE - 10_000);
        several.apply(lanes);
        assertThat(client.paused()).isEmpty();

        add(first, 10_000);
        several.apply(lanes);

        assertThat(client.paused()).containsExactly(first.partition());
    }

    @Test
    void aLaneThatWasFullIsResumedForTheRestOfItsNextBatch() {
        BufferBound several = new BufferBound(client, options(2), FETCH);
        several.divide(Set.of(first.partition(), second.partition()));
        Stream.of(10_000, 10_000, SHARE - 10_000).forEach(bytes -> add(first, bytes));
        several.apply(lanes);
        assertThat(client.paused()).containsExactly(first.partition());

        first.handOut(options(2), new Lease(Runnable::run, () -> {}));
        first.settle(Outcomes.delivered(2));
        several.apply(lanes);

        assertThat(client.paused()).isEmpty();
    }

    @Test
    void aBatchThatIsOutCountsUntilItIsSettled() {
        add(first, SHARE);
        first.handOut(options(), new Lease(Runnable::run, () -> {}));
        bound.apply(lanes);

        assertThat(client.paused()).containsExactly(first.partition());
    }

    @Test
    void aStoppedLaneIsPausedHoweverLittleItHolds() {
        first.stop("broken", null, 0);
        bound.apply(lanes);
        assertThat(client.paused()).containsExactly(first.partition());

        first.resume(0);
        bound.apply(lanes);
        assertThat(client.paused()).isEmpty();
    }

    @Test
    void anEmptyLaneAlwaysTakesOneRecord() {
        bound.divide(Stream.iterate(0, partition -> partition + 1)
                .limit(1_000)
                .map(partition -> new TopicPartition("orders", partition))
                .collect(Collectors.toSet()));

        bound.apply(lanes);

        assertThat(client.paused()).isEmpty();
    }

    @Test
    void ofAPollThatIsLargerThanItsFetchALaneTakesWhatFitsAndPollsTheRestAgain() {
        client.updateBeginningOffsets(Map.of(first.partition(), 0L));
        bound.admit(first, polled(0, 10, SHARE / 4), 0);

        assertThat(first.bytes()).isBetween((long) SHARE, (long) SHARE + FETCH);
        assertThat(client.position(first.partition())).isEqualTo(4);
    }

    @Test
    void anEmptyLaneTakesARecordThatIsLargerThanItsShareAndAFullOneTakesNone() {
        bound.admit(first, polled(0, 2, 2 * SHARE), 0);
        assertThat(first.bytes()).isBetween(2L * SHARE, 3L * SHARE);
        assertThat(client.position(first.partition())).isEqualTo(1);

        bound.admit(first, polled(1, 1, 10), 0);
        assertThat(first.bytes()).isBetween(2L * SHARE, 3L * SHARE);
        assertThat(client.position(first.partition())).isEqualTo(1);
    }

    private static List<ConsumerRecord<byte[], byte[]>> polled(int from, int records, int bytes) {
        return IntStream.range(from, from + records)
                .<ConsumerRecord<byte[], byte[]>>mapToObj(offset -> record(offset, bytes))
                .toList();
    }

    private Lane lane(int number) {
        TopicPartition partition = new TopicPartition("orders", number);
        return new Lane(partition, ledger.account("flow", partition), 0);
    }

    private static void add(Lane lane, int bytes) {
        long offset = lane.bytes();
        lane.add(List.of(BufferedRecord.of(record(offset, bytes))), 0);
    }

    private static ConsumerRecord<byte[], byte[]> record(long offset, int bytes) {
        return new ConsumerRecord<>("orders", 0, offset, null, new byte[0]) {
            @Override
            public int serializedValueSize() {
                return bytes;
            }
        };
    }

    private static void settleOne(Lane lane) {
        lane.handOut(options(), new Lease(Runnable::run, () -> {}));
        lane.settle(Outcomes.delivered(1));
        lane.committed(lane.settled());
    }

    private static BatchOptions options() {
        return options(1);
    }

    private static BatchOptions options(int batchSize) {
        return new BatchOptions(
                batchSize,
                BUFFER,
                Duration.ZERO,
                BUFFER,
                1,
                FailureAction.RETRY,
                StartingPosition.parse("earliest"),
                Duration.ofSeconds(30),
                Duration.ofSeconds(60));
    }
}
