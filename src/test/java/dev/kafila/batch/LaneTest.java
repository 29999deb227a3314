package dev.kafila.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class LaneTest {
    private static final TopicPartition PARTITION = new TopicPartition("orders", 0);

    @Property(tries = 300)
    void batchesHoldEveryRecordOnceInOrderWithinTheirBounds(
            @ForAll @Size(min = 1, max = 60) List<@IntRange(max = 5_000) Integer> sizes,
            @ForAll @IntRange(min = 1, max = 20) int batchSize,
            @ForAll @IntRange(min = 1, max = 12_000) int batchBytes) {
        Lane lane = lane();
        lane.add(records(sizes), 0);
        BatchOptions options = options(batchSize, batchBytes, Duration.ZERO);

        List<Long> offsets = new ArrayList<>();
        while (lane.dueAt(options, false) != Long.MAX_VALUE) {
            RecordBatch batch = lane.handOut(options, new Lease(Runnable::run, () -> {}));
            batch.records().forEach(record -> offsets.add(record.offset()));
            assertThat(batch.size()).isLessThanOrEqualTo(batchSize);
            assertThat(batch.bytes())
                    .isEqualTo(
                            batch.records().stream().mapToLong(RecordSize::of).sum());
            assertThat(batch.size() == 1 || batch.bytes() <= batchBytes).isTrue();
            lane.settle(Outcomes.delivered(batch.size()));
            lane.committed(lane.settled());
        }

        assertThat(offsets).isEqualTo(LongStream.range(0, sizes.size()).boxed().toList());
        assertThat(lane.bytes()).isZero();
        assertThat(lane.account().entry().balanced()).isTrue();
        assertThat(lane.account().entry().delivered()).isEqualTo(sizes.size());
    }

    @Test
    void theNextBatchWaitsUntilTheCommitOfTheLastIsAcknowledged() {
        Lane lane = lane();
        lane.add(records(List.of(1, 1)), 0);
        BatchOptions options = options(1, 1_000, Duration.ZERO);
        lane.handOut(options, new Lease(Runnable::run, () -> {}));
        lane.settle(Outcomes.delivered(1));

        assertThat(lane.dueAt(options, false)).isEqualTo(Long.MAX_VALUE);
        lane.committed(1);
        assertThat(lane.dueAt(options, false)).isNotEqualTo(Long.MAX_VALUE);
    }

    @Test
    void aLateAcknowledgementNeverMovesTheCommittedOffsetBack() {
        Lane lane = lane();
        lane.committed(7);
        lane.committed(3);

        assertThat(lane.committed()).isEqualTo(7);
    }

    @Test
    void aBatchThatIsNotFullWaitsForItsFirstRecordsLinger() {
        Lane lane = lane();
        lane.add(records(List.of(1)), 1_000);
        BatchOptions options = options(10, 1_000_000, Duration.ofNanos(500));

        assertThat(lane.dueAt(options, false)).isEqualTo(1_500);
        assertThat(lane.dueAt(options, true)).isEqualTo(1_000);
    }

    @Test
    void aStoppedLaneIsDueOnlyForAProbe() {
        Lane lane = lane();
        lane.add(records(List.of(1)), 0);
        BatchOptions options = options(1, 1_000, Duration.ZERO);
        lane.handOut(options, new Lease(Runnable::run, () -> {}));
        lane.fail("left");

        lane.stop("broken", null, 0);
        assertThat(lane.dueAt(options, false)).isEqualTo(Long.MAX_VALUE);
        lane.stop("no permission", Duration.ofNanos(60), 0);
        assertThat(lane.dueAt(options, false)).isEqualTo(60);
        assertThat(lane.pending()).isEqualTo("left");
        assertThat(lane.handOut(options, new Lease(Runnable::run, () -> {})).firstOffset())
                .isZero();
    }

    @Test
    void aLaneThatStoppedAtAGapStaysStoppedWhenTheBatchThatWasOutIsDelivered() {
        Lane lane = lane();
        lane.add(records(List.of(1, 1)), 0);
        BatchOptions options = options(1, 1_000, Duration.ZERO);
        lane.handOut(options, new Lease(Runnable::run, () -> {}));

        lane.stopAtGap("records are gone");
        lane.settle(Outcomes.delivered(1));
        lane.committed(1);
        assertThat(lane.stopReason()).isEqualTo("records are gone");
        assertThat(lane.dueAt(options, true)).isEqualTo(Long.MAX_VALUE);

        lane.resume(0);
        assertThat(lane.stopReason()).isNull();
        assertThat(lane.dueAt(options, true)).isNotEqualTo(Long.MAX_VALUE);
    }

    @Test
    void whatIsDoneAtTheBeginningOfABatchIsSettledWhenItsPartitionGoesAndTheRestIsNot() {
        Lane lane = lane();
        lane.add(records(List.of(1, 1, 1, 1)), 0);
        Lease lease = new Lease(Runnable::run, () -> {});
        lane.handOut(options(3, 1_000, Duration.ZERO), lease);
        lease.settledBefore(2, new Outcomes(1, 1, 0, 0));

        lane.settleBeginning();
        lane.abandon();

        assertThat(lane.settled()).isEqualTo(2);
        assertThat(lane.needsCommit()).isTrue();
        assertThat(lane.account().entry()).isEqualTo(new Ledger.Entry("flow", "orders", 0, 2, 1, 1, 0, 0, 0, 0));
    }

    @Test
    void whatIsDoneAtTheBeginningIsKnownWhileTheBatchWaitsToBeHandedOutAgain() {
        Lane lane = lane();
        lane.add(records(List.of(1, 1)), 0);
        BatchOptions options = options(2, 1_000, Duration.ZERO);
        Lease first = new Lease(Runnable::run, () -> {});
        lane.handOut(options, first);
        first.settledBefore(1, Outcomes.delivered(1));
        lane.fail("left");
        lane.handOut(options, new Lease(Runnable::run, () -> {}));

        lane.settleBeginning();

        assertThat(lane.settled()).isEqualTo(1);
    }

    @Test
    void theBeginningOfABatchThatIsDoneIsForgotten() {
        Lane lane = lane();
        lane.add(records(List.of(1, 1, 1, 1)), 0);
        BatchOptions options = options(2, 1_000, Duration.ZERO);
        Lease first = new Lease(Runnable::run, () -> {});
        lane.handOut(options, first);
        first.settledBefore(1, Outcomes.delivered(1));
        lane.fail("left");
        lane.settle(Outcomes.delivered(2));
        lane.handOut(options, new Lease(Runnable::run, () -> {}));

        lane.settleBeginning();

        assertThat(lane.settled()).isEqualTo(2);
        assertThat(lane.account().entry().delivered()).isEqualTo(2);
    }

    @Test
    void aDrainDoesNotWaitForWhatIsQueuedAndThatSeesTheEndOfItsLease() {
        List<Runnable> queue = new ArrayList<>();
        List<Boolean> begun = new ArrayList<>();
        Lease lease = new Lease(queue::add, () -> {});
        lease.execute(() -> begun.add(lease.begin()));

        lease.end();
        assertThat(lease.mayHaveCallOut()).isFalse();
        queue.forEach(Runnable::run);

        assertThat(begun).containsExactly(false);
        assertThat(lease.mayHaveCallOut()).isFalse();
    }

    @Test
    void aDrainWaitsForACallOfARouteThatCannotTellCallsFromWaits() {
        Lease lease = new Lease(Runnable::run, () -> {});
        lease.execute(lease::begin);
        assertThat(lease.mayHaveCallOut()).isTrue();

        lease.executor().execute(() -> assertThat(lease.mayHaveCallOut()).isTrue());
        assertThat(lease.mayHaveCallOut()).isFalse();
    }

    private static Lane lane() {
        return new Lane(PARTITION, Ledger.of(new DefaultCamelContext()).account("flow", PARTITION), 0);
    }

    private static BatchOptions options(int batchSize, long batchBytes, Duration linger) {
        return new BatchOptions(
                batchSize,
                batchBytes,
                linger,
                1 << 20,
                1,
                FailureAction.RETRY,
                StartingPosition.parse("earliest"),
                Duration.ofSeconds(30),
                Duration.ofSeconds(60));
    }

    private static List<BufferedRecord> records(List<Integer> sizes) {
        List<BufferedRecord> records = new ArrayList<>();
        for (int size : sizes) {
            records.add(
                    BufferedRecord.of(new ConsumerRecord<>("orders", 0, records.size(), new byte[0], new byte[size])));
        }
        return records;
    }
}
