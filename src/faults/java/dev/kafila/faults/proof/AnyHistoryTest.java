package dev.kafila.faults.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kafila.faults.proof.Exchange.Sent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Whatever happens, the checker finds nothing where nothing is wrong, and always finds the one thing that is. */
class AnyHistoryTest {
    private static final int TRIES = 300;

    @Property(tries = TRIES)
    void whatIsAsPromisedHolds(@ForAll long seed, @ForAll boolean freezes) {
        AnyHistory.of(seed, freezes).assertHolds();
    }

    @Property(tries = TRIES)
    void aDeliveryThatIsMissingIsFound(@ForAll long seed) {
        History history = AnyHistory.of(seed, true);
        RecordId record = any(good(history), seed);
        history.exchanges().replaceAll(exchange -> with(exchange, sent(exchange, record, Fate.REFUSED)));

        assertFound(history, Losses.LOST);
    }

    @Property(tries = TRIES)
    void deliveriesThatChangedPlacesAreFound(@ForAll long seed) {
        History history = AnyHistory.of(seed, false);
        List<Exchange> plain = history.exchanges().stream()
                .filter(exchange -> isOnly(history, exchange))
                .toList();
        Exchange first = any(plain, seed);
        List<Exchange> others = plain.stream()
                .filter(exchange -> !exchange.equals(first) && partition(exchange) == partition(first))
                .toList();
        Assume.that(!others.isEmpty());
        Exchange second = any(others, seed);
        history.exchanges()
                .replaceAll(exchange -> exchange.equals(first)
                        ? with(first, second.records())
                        : exchange.equals(second) ? with(second, first.records()) : exchange);

        assertFound(history, Inversions.INVERSIONS);
    }

    @Property(tries = TRIES)
    void oneDuplicateTooManyIsFound(@ForAll long seed, @ForAll boolean freezes) {
        History history = AnyHistory.of(seed, freezes);
        RecordId record = any(good(history), seed);
        // The first of them may pass for a batch that was given up in part, when a fault was just before.
        history.passes(Duration.ofMinutes(1)).sends("i0", List.of(new Sent(record, Fate.TAKEN)));
        Figure duplicates = history.figure(Duplicates.DUPLICATES);
        for (long more = duplicates.value(); more <= duplicates.allowed(); more++) {
            history.sends("i0", List.of(new Sent(record, Fate.TAKEN)));
        }

        assertFound(history, Duplicates.DUPLICATES);
    }

    @Property(tries = TRIES)
    void aCommitThatGoesBackIsFound(@ForAll long seed, @ForAll boolean freezes) {
        History history = AnyHistory.of(seed, freezes);
        int partition = Math.floorMod(seed, history.workload().partitions());
        int end = history.workload().records();
        history.commits(partition, end - 1).commits(partition, end);

        assertFound(history, Commits.BACKWARDS);
    }

    @Property(tries = TRIES)
    void aCommitThatComesTooEarlyIsFound(@ForAll long seed, @ForAll boolean freezes) {
        History history = AnyHistory.of(seed, freezes);
        history.exchanges().replaceAll(exchange -> exchange.equals(last(history)) ? late(exchange, history) : exchange);

        assertFound(history, Commits.EARLY);
    }

    @Property(tries = TRIES)
    void aDeadLetterThatIsMissingIsFound(@ForAll long seed, @ForAll boolean freezes) {
        History history = AnyHistory.of(seed, freezes);
        Assume.that(!history.deadLetters().isEmpty());
        RecordId record = any(history.deadLetters(), seed);
        history.deadLetters().removeIf(record::equals);

        assertFound(history, Losses.MISSING_DEAD_LETTERS);
    }

    @Property(tries = TRIES)
    void aDeadLetterTooManyIsFound(@ForAll long seed, @ForAll boolean freezes) {
        History history = AnyHistory.of(seed, freezes);
        history.deadLetters().add(any(good(history), seed));

        assertFound(history, Losses.SURPLUS_DEAD_LETTERS);
    }

    @Property(tries = TRIES)
    void aLedgerThatIsOneOffIsFound(@ForAll long seed, @ForAll boolean more) {
        History history = AnyHistory.of(seed, false);
        List<String> told = history.evidence().ledgers().stream()
                .filter(ledger -> !ledger.lines().isEmpty())
                .map(Ledger::instance)
                .toList();
        Assume.that(!told.isEmpty());
        history.counts(any(told, seed), Math.floorMod(seed, history.workload().partitions()), more ? 1 : -1, 0);

        assertFound(history, Ledgers.DELIVERED);
    }

    private static void assertFound(History history, String figure) {
        assertThat(history.verdict().broken()).extracting(Figure::name).contains(figure);
    }

    private static <T> T any(List<T> some, long seed) {
        return some.get(new Random(seed).nextInt(some.size()));
    }

    private static List<RecordId> good(History history) {
        Workload workload = history.workload();
        return IntStream.range(0, workload.partitions())
                .boxed()
                .flatMap(partition ->
                        IntStream.range(0, workload.records()).mapToObj(number -> new RecordId(partition, number)))
                .filter(id -> workload.kind(id) == Kind.GOOD)
                .toList();
    }

    private static List<Sent> sent(Exchange exchange, RecordId record, Fate fate) {
        return exchange.records().stream()
                .map(sent -> sent.id().equals(record) ? new Sent(record, fate) : sent)
                .toList();
    }

    private static Exchange with(Exchange exchange, List<Sent> records) {
        return new Exchange(exchange.flow(), exchange.instance(), exchange.arrived(), exchange.answered(), records);
    }

    private static int partition(Exchange exchange) {
        return exchange.records().get(0).id().partition();
    }

    /** Whether it took all that it carries, which no other request carried. */
    private static boolean isOnly(History history, Exchange exchange) {
        Map<RecordId, Long> times = history.exchanges().stream()
                .flatMap(other -> other.records().stream())
                .collect(Collectors.groupingBy(Sent::id, Collectors.counting()));
        return exchange.records().stream().allMatch(sent -> sent.fate() == Fate.TAKEN && times.get(sent.id()) == 1);
    }

    /** The last request that was not answered in vain: its records ended with it. */
    private static Exchange last(History history) {
        List<Exchange> only = new ArrayList<>(history.exchanges());
        only.removeIf(exchange -> !isOnly(history, exchange));
        return only.get(only.size() - 1);
    }

    private static Exchange late(Exchange exchange, History history) {
        return new Exchange(
                exchange.flow(),
                exchange.instance(),
                exchange.arrived(),
                history.evidence().ended() + 1,
                exchange.records());
    }
}
