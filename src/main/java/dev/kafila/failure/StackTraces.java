package dev.kafila.failure;

/** Stack traces for headers and logs: without messages, which may quote a record, and short. */
public final class StackTraces {
    /** What a stack trace is cut at, in characters, all of them ASCII but for exotic class names. */
    static final int MAX_LENGTH = 8 * 1024;

    private static final int MAX_CAUSES = 20;

    private StackTraces() {}

    public static String withoutMessages(Throwable thrown) {
        StringBuilder text = new StringBuilder(1024);
        Throwable next = thrown;
        for (int causes = 0; next != null && causes < MAX_CAUSES && text.length() < MAX_LENGTH; causes++) {
            text.append(causes == 0 ? "" : "Caused by: ")
                    .append(next.getClass().getName())
                    .append('\n');
            for (StackTraceElement frame : next.getStackTrace()) {
                text.append("\tat ").append(frame).append('\n');
            }
            next = next.getCause() == next ? null : next.getCause();
        }
        return text.substring(0, Math.min(text.length(), MAX_LENGTH));
    }
}
