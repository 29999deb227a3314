package dev.kafila.faults.proof;

import dev.kafila.sandbox.EventEntry;
import dev.kafila.sandbox.Invocation;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Which records a request carries, found without reading all of its JSON: no value of the workload holds what is looked for. */
final class RecordIds {
    private static final String KEY = "\"key\":\"";

    private RecordIds() {}

    /** Of a payload of the form {@code plain}. */
    static List<RecordId> ofPlain(Invocation invocation) {
        List<RecordId> ids = new ArrayList<>();
        keys(invocation).forEach(key -> ids.add(RecordId.of(key)));
        return ids;
    }

    /** Of an event as AWS's event source mapping sends it. */
    static List<RecordId> ofEvent(Invocation invocation) {
        List<RecordId> ids = new ArrayList<>();
        keys(invocation).forEach(key -> ids.add(RecordId.of(decoded(key))));
        return ids;
    }

    static RecordId of(EventEntry entry) {
        return RecordId.of(keys(entry.detail()).get(0));
    }

    private static String decoded(String base64) {
        return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
    }

    private static List<String> keys(Invocation invocation) {
        return keys(new String(invocation.payload().asByteArrayUnsafe(), StandardCharsets.ISO_8859_1));
    }

    private static List<String> keys(String json) {
        List<String> keys = new ArrayList<>();
        for (int at = json.indexOf(KEY); at >= 0; at = json.indexOf(KEY, at)) {
            int begin = at + KEY.length();
            at = json.indexOf('"', begin);
            keys.add(json.substring(begin, at));
        }
        return keys;
    }
}
