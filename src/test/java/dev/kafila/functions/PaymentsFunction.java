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

/** A function that reports the records which it fails on, those of the value {@code late}; on the value {@code poison} it fails as a whole. */
public final class PaymentsFunction implements RequestHandler<KafkaEvent, Map<String, Object>> {

    @Override
    public Map<String, Object> handleRequest(KafkaEvent event, Context context) {
        List<Map<String, Object>> failures = new ArrayList<>();
        event.getRecords().forEach((partition, records) -> records.stream()
                .filter(record -> fails(record, context))
                .map(record -> Map.<String, Object>of(
                        "itemIdentifier", Map.of("partition", partition, "offset", record.getOffset())))
                .forEach(failures::add));
        return Map.of("batchItemFailures", failures);
    }

    private static boolean fails(KafkaEventRecord record, Context context) {
        String value = new String(Base64.getDecoder().decode(record.getValue()), StandardCharsets.UTF_8);
        if (value.equals("poison")) {
            throw new IllegalArgumentException("This payment cannot be read");
        }
        context.getLogger().log("payment " + record.getOffset());
        return value.equals("late");
    }
}
