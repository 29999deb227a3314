package dev.kafila.mapping.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kafila.mapping.MappingStatus;
import dev.kafila.mapping.SdkJson;
import dev.kafila.mapping.StoredMapping;

/** A mapping as AWS answers it: what was asked for, and what became of it. */
final class MappingAnswer {

    private MappingAnswer() {}

    static ObjectNode of(StoredMapping stored) {
        ObjectNode json = SdkJson.write(stored.mapping().configuration());
        MappingStatus status = stored.status();
        // Until somebody has seen the last change, the transition that it began is the state.
        boolean current = status != null && status.version() == stored.mapping().version();
        if (current) {
            json.put("State", status.state());
        }
        json.put("StateTransitionReason", current && status.reason() != null ? status.reason() : "USER_INITIATED");
        json.put(
                "LastProcessingResult",
                status != null && status.lastResult() != null ? status.lastResult() : "No records processed");
        return json;
    }
}
