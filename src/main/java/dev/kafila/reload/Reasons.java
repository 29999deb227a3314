package dev.kafila.reload;

import java.util.LinkedHashSet;
import java.util.Set;

/** Makes one line of an exception of Camel's, which names the route in one cause and the file and line in another. */
public final class Reasons {

    private Reasons() {}

    /** What the causes say, outermost first, without repetition, ended by a full stop. */
    public static String of(Throwable failure) {
        Set<String> messages = new LinkedHashSet<>();
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            String message = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
            add(messages, message.strip().replaceAll("\\s*\\R\\s*", " "));
        }
        String line = String.join(": ", messages);
        return line.endsWith(".") ? line : line + ".";
    }

    /** A cause's message is often part of that of the exception around it. */
    private static void add(Set<String> messages, String message) {
        if (messages.stream().noneMatch(known -> known.contains(message))) {
            messages.removeIf(message::contains);
            messages.add(message);
        }
    }
}
