package dev.kafila.sandbox;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What GetFunction tells of a function.
 *
 * @param timeout         after which Lambda ends an invocation, in whole seconds
 * @param state           {@code Pending}, {@code Active}, {@code Inactive} or {@code Failed}
 * @param stateReasonCode why it is in that state; null: not told
 */
public record FunctionConfiguration(Duration timeout, String state, String stateReasonCode) {
    /** A function as Lambda makes it when nobody says otherwise. */
    public static final FunctionConfiguration DEFAULT =
            new FunctionConfiguration(Duration.ofSeconds(3), "Active", null);

    public FunctionConfiguration withTimeout(Duration other) {
        return new FunctionConfiguration(other, state, stateReasonCode);
    }

    public FunctionConfiguration withState(String other, String reasonCode) {
        return new FunctionConfiguration(timeout, other, reasonCode);
    }

    /** As it is on the wire. */
    Map<String, Object> members(String name, String arn) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("FunctionName", name);
        members.put("FunctionArn", arn);
        members.put("Timeout", timeout.toSeconds());
        members.put("State", state);
        if (stateReasonCode != null) {
            members.put("StateReasonCode", stateReasonCode);
            members.put("StateReason", "Told by the sandbox");
        }
        members.put("Version", "$LATEST");
        members.put("PackageType", "Zip");
        return members;
    }
}
