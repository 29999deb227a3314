package dev.kafila.aws;

import java.util.concurrent.ScheduledThreadPoolExecutor;

/**
 * Ends the calls of all clients that take too long. The SDK's own timer, one for each client, keeps what it had to do for a call until the call's timeout
 * would have been over, also if the call was answered at once: at 5,000 requests a second and 30 s these are 150,000.
 */
final class CallTimer {
    /** As many as a timer of the SDK's has: ending a call may block for a moment. */
    private static final int THREADS = 5;

    static final ScheduledThreadPoolExecutor SHARED = create();

    private CallTimer() {}

    private static ScheduledThreadPoolExecutor create() {
        ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(THREADS, task -> {
            Thread thread = new Thread(task, "aws-call-timer");
            thread.setDaemon(true);
            // Not that of whoever calls first: the timer outlives all routes.
            thread.setContextClassLoader(CallTimer.class.getClassLoader());
            return thread;
        });
        timer.setRemoveOnCancelPolicy(true);
        return timer;
    }
}
