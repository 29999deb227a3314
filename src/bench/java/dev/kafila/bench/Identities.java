package dev.kafila.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Which records arrived: each carries its partition and its number there as key, {@code 3:17}. */
final class Identities {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Map<Integer, BitSet> known = new TreeMap<>();
    private long duplicates;

    static String key(int partition, long number) {
        return partition + ":" + number;
    }

    /** Takes the records of a request of PutEvents or Invoke. */
    void add(byte[] request) {
        try {
            JsonNode root = JSON.readTree(request);
            for (String key : keys(root)) {
                add(key);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("A request that is not JSON", e);
        }
    }

    private static List<String> keys(JsonNode root) throws IOException {
        List<String> keys = new ArrayList<>();
        if (root.has("Entries")) {
            for (JsonNode entry : root.get("Entries")) {
                keys.add(
                        JSON.readTree(entry.path("Detail").asText()).path("key").asText());
            }
        } else if (root.has("records")) {
            root.get("records")
                    .forEach(records -> records.forEach(
                            record -> keys.add(decoded(record.path("key").asText()))));
        } else {
            root.forEach(record -> keys.add(record.path("key").asText()));
        }
        return keys;
    }

    private static String decoded(String base64) {
        return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
    }

    private void add(String key) {
        int colon = key.indexOf(':');
        BitSet numbers = known.computeIfAbsent(Integer.valueOf(key.substring(0, colon)), partition -> new BitSet());
        int number = Integer.parseInt(key.substring(colon + 1));
        if (numbers.get(number)) {
            duplicates++;
        }
        numbers.set(number);
    }

    long unique() {
        return known.values().stream().mapToLong(BitSet::cardinality).sum();
    }

    long duplicates() {
        return duplicates;
    }
}
