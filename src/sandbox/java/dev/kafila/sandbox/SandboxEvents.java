package dev.kafila.sandbox;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** EventBridge of the sandbox: its buses, what they took, and which entries fail. */
public final class SandboxEvents extends SandboxTarget<PutEvents> {
    private static final Answer TOO_LARGE =
            Answer.status(400, "ValidationException", "Total size of the entries in the request is over the limit.");

    private final EventBuses buses = new EventBuses();
    private final List<Rejection> rejections = new ArrayList<>();
    private final Deque<Map<Integer, String>> script = new ArrayDeque<>();
    private final Latest<EventEntry> taken = new Latest<>(KEPT);
    private final Latest<PutExchange> exchanges = new Latest<>(KEPT);
    private final List<Consumer<EventEntry>> listeners = new CopyOnWriteArrayList<>();
    private int limit = EventRules.REQUEST_LIMIT;
    private Answer tooLarge = TOO_LARGE;
    private Answer describeAnswer = Answer.ok();
    private long vanished;
    private long described;

    SandboxEvents() {}

    private record Rejection(Predicate<EventEntry> applies, String errorCode) {}

    /** From now on there is this bus, and of others only {@code default}: what is put on one that is not there vanishes. */
    public synchronized void declareBus(String name) {
        buses.declare(name);
    }

    /** From now on the ARN of a bus of another account is refused, entry by entry. */
    public synchronized void belongTo(String accountId) {
        buses.belongTo(accountId);
    }

    /** All entries of a request together stay below that, in bytes; 1 MiB unless told. */
    public synchronized void limit(int bytes) {
        limit = bytes;
    }

    /** What a request over the limit gets from now on, such as the {@link Answer#bare} 413 of AWS's front end. */
    public synchronized void answersTooLargeWith(Answer answer) {
        tooLarge = Objects.requireNonNull(answer);
    }

    /** How DescribeEventBus is answered from now on, as when only PutEvents is permitted. */
    public synchronized void answersDescribeWith(Answer answer) {
        describeAnswer = Objects.requireNonNull(answer);
    }

    /** Every entry that matches so fails with this error code, for ever. */
    public synchronized void failsEntriesWhen(Predicate<EventEntry> applies, String errorCode) {
        rejections.add(new Rejection(applies, errorCode));
    }

    /** In the next request that no earlier call was meant for, the entries at these places (from 0) fail with these error codes. */
    public synchronized void failsEntries(Map<Integer, String> errorCodes) {
        script.add(Map.copyOf(errorCodes));
    }

    /** Tells of every entry that is answered with success, before the answer. Stays when everything else is reset. */
    public void onTaken(Consumer<EventEntry> listener) {
        listeners.add(listener);
    }

    /** The entries that a bus took, in order. */
    public synchronized List<EventEntry> entries() {
        return taken.all();
    }

    public List<EventEntry> entries(String bus) {
        return entries().stream().filter(entry -> entry.busName().equals(bus)).toList();
    }

    /** The requests that are over, in the order in which they ended. */
    public synchronized List<PutExchange> exchanges() {
        return exchanges.all();
    }

    /** How many entries were answered with success and taken by no bus, as there is none of that name. */
    public synchronized long vanished() {
        return vanished;
    }

    /** How often DescribeEventBus was asked. */
    public synchronized long described() {
        return described;
    }

    /** What becomes of a readable request: it is refused whole, or answered as told. {@link #answered(PutExchange)} must follow. */
    Answer admit(PutEvents put) {
        return EventModel.refusal(put)
                .or(() -> ofSize(put))
                .map(answer -> refuse(put, answer))
                .orElseGet(() -> receive(put));
    }

    private synchronized Optional<Answer> ofSize(PutEvents put) {
        return EventRules.isTooLarge(put.entries(), limit) ? Optional.of(tooLarge) : Optional.empty();
    }

    /** Puts every entry on its bus, unless it fails. */
    List<EntryResult> put(PutEvents request) {
        List<EntryResult> results = decide(request);
        EntryResult.taken(request, results).forEach(entry -> listeners.forEach(listener -> listener.accept(entry)));
        return results;
    }

    private synchronized List<EntryResult> decide(PutEvents request) {
        Map<Integer, String> next = Objects.requireNonNullElse(script.pollFirst(), Map.of());
        List<EntryResult> results = new ArrayList<>();
        for (EventEntry entry : request.entries()) {
            EntryResult result = EventRules.failure(entry)
                    .or(() -> foreign(entry))
                    .or(() -> rejected(entry, next.get(results.size())))
                    .orElseGet(EntryResult::taken);
            results.add(result);
            if (result.isTaken()) {
                arrive(entry);
            }
        }
        return results;
    }

    private Optional<EntryResult> foreign(EventEntry entry) {
        return buses.isForeign(entry.bus())
                ? Optional.of(EntryResult.failed("InvalidAccountIdException", "The account of the bus is not valid."))
                : Optional.empty();
    }

    private Optional<EntryResult> rejected(EventEntry entry, String scripted) {
        return rejections.stream()
                .filter(rejection -> rejection.applies().test(entry))
                .map(Rejection::errorCode)
                .findFirst()
                .or(() -> Optional.ofNullable(scripted))
                .map(code -> EntryResult.failed(code, "Refused by the sandbox: " + code));
    }

    private void arrive(EventEntry entry) {
        if (buses.exists(entry.bus())) {
            taken.add(entry);
        } else {
            vanished++;
        }
    }

    synchronized void answered(PutExchange exchange) {
        answered();
        exchanges.add(exchange);
    }

    /** How DescribeEventBus is answered for a bus. */
    synchronized Answer describe(String bus) {
        described++;
        return describeAnswer.kind() == Answer.Kind.OK ? buses.refusal(bus).orElse(describeAnswer) : describeAnswer;
    }

    synchronized Map<String, Object> description(String bus, String region) {
        return buses.description(bus, region);
    }

    @Override
    public synchronized void keepsAtMost(int requests) {
        super.keepsAtMost(requests);
        exchanges.limit(requests);
        taken.limit(requests);
    }

    @Override
    public synchronized void answersNormally() {
        super.answersNormally();
        rejections.clear();
        script.clear();
    }

    @Override
    public synchronized void reset() {
        super.reset();
        taken.clear();
        exchanges.clear();
        vanished = 0;
        described = 0;
        limit = EventRules.REQUEST_LIMIT;
        tooLarge = TOO_LARGE;
        describeAnswer = Answer.ok();
    }
}
