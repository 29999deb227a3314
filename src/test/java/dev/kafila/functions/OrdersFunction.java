package dev.kafila.functions;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.KafkaEvent;
import com.amazonaws.services.lambda.runtime.events.KafkaEvent.KafkaEventRecord;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** A function as it is deployed behind an event source mapping: it says what it saw, and fails on the value {@code poison}. */
public final class OrdersFunction implements RequestHandler<KafkaEvent, Map<String, Object>> {

    @Override
    public Map<String, Object> handleRequest(KafkaEvent event, Context context) {
        List<String> seen = new ArrayList<>();
        event.getRecords()
                .forEach((partition, records) -> records.forEach(record -> seen.add(seen(partition, record))));
        context.getLogger().log("saw " + seen.size() + " records");
        return Map.of("function", context.getFunctionName(), "seen", seen);
    }

    private static String seen(String partition, KafkaEventRecord record) {
        String value = text(record.getValue());
        if (value.equals("poison")) {
            throw new IllegalArgumentException("This order cannot be read");
        }
        StringBuilder seen =
                new StringBuilder(partition + "@" + record.getOffset() + " " + text(record.getKey()) + "=" + value);
        record.getHeaders()
                .forEach(header -> header.forEach((name, bytes) ->
                        seen.append(" ").append(name).append(":").append(new String(bytes, StandardCharsets.UTF_8))));
        return seen.toString();
    }

    private static String text(String base64) {
        return base64 == null ? "null" : new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
    }
}
