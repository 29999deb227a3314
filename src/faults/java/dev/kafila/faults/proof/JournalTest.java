package dev.kafila.faults.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class JournalTest {
    private static final long SECOND = 1_000_000_000L;

    private final Journal journal = new Journal();

    @Test
    void keepsWhatWasSentByFlowAndPartition() {
        add(Flow.LAMBDA, "a", 5, sent(0, 7, Fate.TAKEN), sent(1, 8, Fate.REFUSED));
        add(Flow.MAPPING, "b", 6, sent(0, 9, Fate.UNKNOWN));
        add(Flow.LAMBDA, "b", 7, sent(0, 8, Fate.UNKNOWN));

        assertThat(rows(Flow.LAMBDA, 0)).containsExactly("7 TAKEN a@5..15", "8 UNKNOWN b@7..17");
        assertThat(rows(Flow.LAMBDA, 1)).containsExactly("8 REFUSED a@5..15");
        assertThat(rows(Flow.MAPPING, 0)).containsExactly("9 UNKNOWN b@6..16");
        assertThat(rows(Flow.EVENTBRIDGE, 0)).isEmpty();
        assertThat(journal.requests()).isEqualTo(3);
    }

    @Test
    void growsAsItMust() {
        int requests = 10_000;
        for (int request = 0; request < requests; request++) {
            add(Flow.LAMBDA, "a", request, sent(0, 2 * request, Fate.TAKEN), sent(0, 2 * request + 1, Fate.TAKEN));
        }

        Track track = journal.track(Flow.LAMBDA, 0);
        assertThat(IntStream.range(0, track.rows()).map(track::number))
                .containsExactlyElementsOf(
                        IntStream.range(0, 2 * requests).boxed().toList());
        assertThat(journal.arrived(track.request(2 * requests - 1))).isEqualTo(requests - 1);
    }

    @Test
    void knowsWhereTheNextRequestBegins() {
        add(Flow.LAMBDA, "a", 0, sent(0, 1, Fate.TAKEN), sent(0, 2, Fate.TAKEN));
        add(Flow.LAMBDA, "a", 1, sent(0, 1, Fate.TAKEN));

        Track track = journal.track(Flow.LAMBDA, 0);
        assertThat(track.nextRequest(0)).isEqualTo(2);
        assertThat(track.nextRequest(2)).isEqualTo(3);
    }

    @Test
    void countsWhatWasTakenSecondBySecond() {
        add(Flow.LAMBDA, "a", -1, sent(0, 0, Fate.TAKEN));
        add(Flow.LAMBDA, "a", SECOND - 1, sent(0, 1, Fate.UNKNOWN), sent(0, 2, Fate.REFUSED));
        add(Flow.LAMBDA, "a", SECOND, sent(1, 1, Fate.TAKEN));
        add(Flow.LAMBDA, "a", 3 * SECOND, sent(1, 1, Fate.TAKEN));
        add(Flow.MAPPING, "a", SECOND, sent(1, 1, Fate.TAKEN));

        assertThat(journal.takenPerSecond(Flow.LAMBDA, 0, 2 * SECOND + 1)).containsExactly(1, 1, 0);
        assertThat(journal.takenPerSecond(Flow.EVENTBRIDGE, 0, SECOND)).containsExactly(0, 0);
    }

    private void add(Flow flow, String instance, long arrived, Exchange.Sent... records) {
        journal.add(new Exchange(flow, instance, arrived, arrived + 10, List.of(records)));
    }

    private static Exchange.Sent sent(int partition, int number, Fate fate) {
        return new Exchange.Sent(new RecordId(partition, number), fate);
    }

    private List<String> rows(Flow flow, int partition) {
        Track track = journal.track(flow, partition);
        return IntStream.range(0, track.rows())
                .mapToObj(row -> "%d %s %s@%d..%d"
                        .formatted(
                                track.number(row),
                                track.fate(row),
                                journal.instance(track.request(row)),
                                journal.arrived(track.request(row)),
                                journal.answered(track.request(row))))
                .toList();
    }
}
