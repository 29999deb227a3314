package dev.kafila.eventbridge;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One step of a JSONPath that leads to one place.
 *
 * @param name  of a member; null for an element
 * @param index of an element
 */
record DetailStep(String name, int index) {
    private static final Pattern STEP = Pattern.compile("\\G(?:"
            + "\\.(?<plain>[^.\\[\\]()*?@'\",\\s]+)"
            + "|\\['(?<single>(?:[^'\\\\]|\\\\.)+)']"
            + "|\\[\"(?<quoted>(?:[^\"\\\\]|\\\\.)+)\"]"
            + "|\\[(?<index>\\d{1,9})])");

    private static final Pattern ESCAPE = Pattern.compile("\\\\(.)");

    /** The steps of a path; empty if it is none, or may lead to more than one place. */
    static List<DetailStep> of(String path) {
        List<DetailStep> steps = new ArrayList<>();
        Matcher step = STEP.matcher(path);
        int end = path.startsWith("$") ? 1 : path.length() + 1;
        while (end < path.length()) {
            if (!step.find(end)) {
                return List.of();
            }
            steps.add(of(step));
            end = step.end();
        }
        return List.copyOf(steps);
    }

    private static DetailStep of(Matcher step) {
        String index = step.group("index");
        if (index != null) {
            return new DetailStep(null, Integer.parseInt(index));
        }
        String plain = step.group("plain");
        if (plain != null) {
            return new DetailStep(plain, -1);
        }
        String quoted = step.group("single") == null ? step.group("quoted") : step.group("single");
        return new DetailStep(ESCAPE.matcher(quoted).replaceAll("$1"), -1);
    }

    /** Whether the step is to the member of that name. */
    boolean is(String member) {
        return member.equals(name);
    }
}
