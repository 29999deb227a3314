package dev.kafila.faults;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.kafila.sandbox.EventEntry;
import dev.kafila.sandbox.Invocation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What reached a function or a bus, in the order in which it arrived. Every record carries its own identity as key: the partition and its number
 * there, {@code 3:17}. Safe for use by several threads.
 */
final class Arrivals {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Map<Integer, BitSet> known = new TreeMap<>();
    private final Map<Integer, List<Integer>> firsts = new TreeMap<>();
    private long duplicates;

    static Arrivals of(List<Invocation> invocations) {
        Arrivals arrivals = new Arrivals();
        invocations.forEach(arrivals::add);
        return arrivals;
    }

    /** Of a function that takes what AWS's event source mapping sends. */
    static Arrivals ofEsm(List<Invocation> invocations) {
        Arrivals arrivals = new Arrivals();
        invocations.forEach(invocation -> read(invocation.text())
                .path("records")
                .forEach(records -> records.forEach(record -> arrivals.addKey(
                        new String(Base64.getDecoder().decode(record.path("key").asText()), StandardCharsets.UTF_8)))));
        return arrivals;
    }

    static Arrivals ofEvents(List<EventEntry> entries) {
        Arrivals arrivals = new Arrivals();
        entries.forEach(
                entry -> arrivals.addKey(read(entry.detail()).path("key").asText()));
        return arrivals;
    }

    static String key(int partition, int number) {
        return partition + ":" + number;
    }

    /** The identities in a payload of the form {@code plain}. */
    static List<String> keys(Invocation invocation) {
        try {
            List<String> keys = new ArrayList<>();
            JSON.readTree(invocation.payload().asByteArrayUnsafe())
                    .forEach(record -> keys.add(record.path("key").asText()));
            return keys;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    synchronized void add(Invocation invocation) {
        try {
            for (JsonNode record : JSON.readTree(invocation.payload().asByteArrayUnsafe())) {
                addKey(record.path("key").asText());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The function took a payload that is not JSON", e);
        }
    }

    private static JsonNode read(String json) {
        try {
            return JSON.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException("What arrived is not JSON", e);
        }
    }

    private synchronized void addKey(String text) {
        String[] key = text.split(":", 2);
        add(Integer.parseInt(key[0]), Integer.parseInt(key[1]));
    }

    private void add(int partition, int number) {
        BitSet numbers = known.computeIfAbsent(partition, key -> new BitSet());
        if (numbers.get(number)) {
            duplicates++;
        } else {
            numbers.set(number);
            firsts.computeIfAbsent(partition, key -> new ArrayList<>()).add(number);
        }
    }

    synchronized long unique() {
        return known.values().stream().mapToLong(BitSet::cardinality).sum();
    }

    synchronized long duplicates() {
        return duplicates;
    }

    synchronized boolean has(int partition, int number) {
        return known.getOrDefault(partition, new BitSet()).get(number);
    }

    /** How often a record arrived for the first time after a later one of its partition had. */
    synchronized long outOfOrder() {
        long count = 0;
        for (List<Integer> numbers : firsts.values()) {
            int highest = -1;
            for (int number : numbers) {
                if (number < highest) {
                    count++;
                }
                highest = Math.max(highest, number);
            }
        }
        return count;
    }
}
