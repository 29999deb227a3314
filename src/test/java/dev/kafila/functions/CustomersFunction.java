package dev.kafila.functions;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A function as it is deployed behind Confluent's connector: it answers each record with a result, the last record first. */
public final class CustomersFunction
        implements RequestHandler<List<Map<String, Map<String, Object>>>, List<Map<String, Object>>> {

    @Override
    public List<Map<String, Object>> handleRequest(List<Map<String, Map<String, Object>>> records, Context context) {
        List<Map<String, Object>> results = new ArrayList<>();
        for (Map<String, Map<String, Object>> record : records) {
            Map<String, Object> sent = record.get("payload");
            Map<String, Object> answer = new LinkedHashMap<>();
            answer.put("result", Map.of("greeting", "Hello " + sent.get("value"), "status_code", 200));
            for (String coordinate : List.of("topic", "partition", "offset")) {
                answer.put(coordinate, sent.get(coordinate));
            }
            results.add(0, Map.of("payload", answer));
        }
        return results;
    }
}
