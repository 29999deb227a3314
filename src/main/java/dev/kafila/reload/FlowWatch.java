package dev.kafila.reload;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the files again and again and offers what it found. Waiting for events of the file system would miss mounted configuration that
 * is swapped by a link, and network file systems; and two equal readings tell that nobody is in the middle of writing.
 */
final class FlowWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FlowWatch.class);
    private static final Duration INTERVAL = Duration.ofMillis(500);

    private final FlowFiles builtIn;
    private final Path directory;
    private final Reloader reloader;
    private final Thread thread = new Thread(this::run, "kafila-reload");
    private final CountDownLatch closed = new CountDownLatch(1);
    private FlowFiles seen;
    private String trouble;

    FlowWatch(FlowFiles builtIn, Path directory, Reloader reloader) {
        this.builtIn = builtIn;
        this.directory = directory;
        this.reloader = reloader;
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** Ends the watch, after a reload that is under way. */
    @Override
    public void close() {
        reloader.close();
        closed.countDown();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            while (!closed.await(INTERVAL.toMillis(), TimeUnit.MILLISECONDS)) {
                look();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void look() {
        FlowFiles now;
        try {
            now = builtIn.replacedBy(FlowReader.below(directory));
        } catch (IOException e) {
            logOnce(e.toString());
            return;
        }
        trouble = null;
        if (now.equals(seen)) {
            offer(now);
        }
        seen = now;
    }

    private void offer(FlowFiles files) {
        try {
            reloader.offer(files);
        } catch (RuntimeException | LinkageError e) {
            // Not of an edit, which is refused and told; without the watch the next edit would go unseen.
            LOG.error("The reload failed in a way it should not", e);
        }
    }

    private void logOnce(String what) {
        if (!what.equals(trouble)) {
            LOG.warn("Cannot read the routes of {}, what runs goes on: {}", directory, what);
        }
        trouble = what;
    }
}
