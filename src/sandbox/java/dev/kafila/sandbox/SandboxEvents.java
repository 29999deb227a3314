package dev.kafila.sandbox;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;

/** EventBridge of the sandbox: its buses, what they took, and which entries fail. */
public final class SandboxEvents extends SandboxTarget<PutEvents> {
    private final Set<String> buses = new HashSet<>(Set.of("default"));
    private final List<Rejection> rejections = new ArrayList<>();
    private final Deque<Map<Integer, String>> script = new ArrayDeque<>();
    private final List<EventEntry> accepted = new ArrayList<>();
    private boolean anyBus = true;

    SandboxEvents() {}

    private record Rejection(Predicate<EventEntry> applies, String errorCode) {}

    /** From now on there is this bus, and of others only {@code default}: what is put on one that is not there vanishes. */
    public synchronized void declareBus(String name) {
        anyBus = false;
        buses.add(name);
    }

    /** Every entry that matches so fails with this error code, for ever. */
    public synchronized void failsEntriesWhen(Predicate<EventEntry> applies, String errorCode) {
        rejections.add(new Rejection(applies, errorCode));
    }

    /** In the next request that no earlier call was meant for, the entries at these places (from 0) fail with these error codes. */
    public synchronized void failsEntries(Map<Integer, String> errorCodes) {
        script.add(Map.copyOf(errorCodes));
    }

    /** The entries that a bus took, in order. */
    public synchronized List<EventEntry> entries() {
        return List.copyOf(accepted);
    }

    public List<EventEntry> entries(String bus) {
        return entries().stream().filter(entry -> entry.busName().equals(bus)).toList();
    }

    synchronized boolean hasBus(String name) {
        return anyBus || buses.contains(name);
    }

    /** The error code of each entry, null for those that were taken. */
    synchronized List<String> put(PutEvents request) {
        Map<Integer, String> next = Objects.requireNonNullElse(script.pollFirst(), Map.of());
        List<String> codes = new ArrayList<>();
        for (EventEntry entry : request.entries()) {
            String code = EventRules.errorCode(entry);
            for (Rejection rejection : rejections) {
                code = code == null && rejection.applies().test(entry) ? rejection.errorCode() : code;
            }
            code = code == null ? next.get(codes.size()) : code;
            codes.add(code);
            if (code == null && hasBus(entry.busName())) {
                accepted.add(entry);
            }
        }
        return codes;
    }

    @Override
    public synchronized void reset() {
        super.reset();
        rejections.clear();
        script.clear();
        accepted.clear();
    }
}
