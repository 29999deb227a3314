package dev.kafila.eventbridge;

import java.util.concurrent.Executor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.util.concurrent.CamelThreadFactory;

/**
 * Threads that requests run on: as many as there are requests out, which the limiter bounds; those that have nothing to do for a while end.
 * Platform threads, since the AWS client blocks in monitors.
 */
final class RequestThreads implements Executor, AutoCloseable {
    private static final long IDLE_SECONDS = 30;

    private final ThreadPoolExecutor pool;

    /** @param sink for the names of the threads */
    RequestThreads(CamelContext context, String sink) {
        ClassLoader loader = context.getApplicationContextClassLoader();
        CamelThreadFactory named = new CamelThreadFactory(
                context.getExecutorServiceManager().getThreadNamePattern(), "EventBridgeRequest[" + sink + "]", true);
        pool = new ThreadPoolExecutor(
                0, Integer.MAX_VALUE, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), task -> {
                    Thread thread = named.newThread(task);
                    // Plug-ins are found through it, such as a credentials provider.
                    if (loader != null) {
                        thread.setContextClassLoader(loader);
                    }
                    return thread;
                });
    }

    @Override
    public void execute(Runnable request) {
        pool.execute(request);
    }

    /** Lets requests that are out finish. */
    @Override
    public void close() {
        pool.shutdown();
    }
}
