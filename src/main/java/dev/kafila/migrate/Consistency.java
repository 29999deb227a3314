package dev.kafila.migrate;

import dev.kafila.settings.Settings;
import dev.kafila.settings.SettingsException;
import dev.kafila.settings.Sources;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What does not fit together in a draft, by the checks that settings are refused by at start. */
final class Consistency {
    private static final Pattern PROBLEM = Pattern.compile("(kafila\\.[\\w.-]+)(?: \\([^)]*\\))?: (.*)");

    /** Right values for what is yet to be filled in. */
    private static final Map<String, String> EXAMPLES = Map.ofEntries(
            Map.entry("kafila.lambda.function", "function"),
            Map.entry("kafila.lambda.topics", "topic"),
            Map.entry("kafila.lambda.response-topic", "responses"),
            Map.entry("kafila.lambda.error-topic", "errors"),
            Map.entry("kafila.eventbridge.bus", "bus"),
            Map.entry("kafila.eventbridge.topics", "topic"),
            Map.entry("kafila.eventbridge.offload.bucket", "bucket"),
            Map.entry("kafila.aws.role-arn", "arn:aws:iam::123456789012:role/example"),
            Map.entry("kafila.aws.access-key-id", "example"),
            Map.entry("kafila.aws.secret-access-key", "example"),
            Map.entry("kafila.aws.proxy", "http://127.0.0.1:3128"),
            Map.entry("kafila.aws.proxy-user", "example"),
            Map.entry("kafila.aws.proxy-password", "example"));

    private Consistency() {}

    /** Each with the property that it comes from. */
    static List<String> problems(Draft draft) {
        Map<String, String> settings = new HashMap<>();
        draft.settings()
                .forEach(
                        (name, value) -> settings.put(name, value.isEmpty() ? EXAMPLES.getOrDefault(name, "") : value));
        if (draft.deadLetters().containsKey("endpoint")) {
            Parameter endpoint = draft.deadLetters().get("endpoint");
            settings.put(draft.target().setting("dead-letter"), endpoint.isOpen() ? "kafka:letters" : endpoint.text());
        }
        try {
            Settings.load(new Sources(Map.of(), Map.of(), settings, Map.of()));
            return List.of();
        } catch (SettingsException e) {
            return e.problems().stream().map(line -> named(line, draft)).toList();
        }
    }

    private static String named(String line, Draft draft) {
        Matcher problem = PROBLEM.matcher(line);
        if (!problem.matches()) {
            return line;
        }
        return draft.origin(problem.group(1)) + ": " + problem.group(2);
    }
}
