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
    private static final Map<String, String> EXAMPLES = Map.of(
            "kafila.lambda.function", "function",
            "kafila.lambda.topics", "topic",
            "kafila.lambda.response-topic", "responses",
            "kafila.lambda.error-topic", "errors",
            "kafila.aws.role-arn", "arn:aws:iam::123456789012:role/example",
            "kafila.aws.access-key-id", "example",
            "kafila.aws.secret-access-key", "example",
            "kafila.aws.proxy", "http://127.0.0.1:3128",
            "kafila.aws.proxy-user", "example",
            "kafila.aws.proxy-password", "example");

    private Consistency() {}

    /** Each with the property that it comes from. */
    static List<String> problems(Draft draft) {
        Map<String, String> settings = new HashMap<>();
        draft.settings()
                .forEach(
                        (name, value) -> settings.put(name, value.isEmpty() ? EXAMPLES.getOrDefault(name, "") : value));
        if (draft.deadLetters() != null) {
            settings.put(
                    "kafila.lambda.dead-letter",
                    draft.deadLetters().isOpen()
                            ? "kafka:letters"
                            : draft.deadLetters().text());
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
