package dev.kafila.reload;

import dev.kafila.reload.ReloadStatus.State;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings what runs to what the files say, or leaves it as it is. For one thread; the status may be read by any. */
final class Reloader {
    private static final Logger LOG = LoggerFactory.getLogger(Reloader.class);

    private final AtomicReference<FlowFiles> running;
    private final LiveRoutes routes;
    private final Rehearsal rehearsal;
    /** Files whose routes are stopped, since neither the new nor the last good version started. */
    private final Set<String> lost = new TreeSet<>();

    private FlowFiles refused;
    private volatile ReloadStatus status = new ReloadStatus(State.CURRENT, null, Instant.now());
    private volatile boolean closed;

    /** @param running what runs, from which kamelets are read too; this sets it */
    Reloader(AtomicReference<FlowFiles> running, LiveRoutes routes, Rehearsal rehearsal) {
        this.running = running;
        this.routes = routes;
        this.rehearsal = rehearsal;
    }

    ReloadStatus status() {
        return status;
    }

    /** From now on nothing is started; a reload that is draining routes ends when they are drained. */
    void close() {
        closed = true;
    }

    /** Takes over the files, unless they are what runs or were refused before. */
    void offer(FlowFiles files) {
        if (status.state() != State.BROKEN && files.equals(running.get())) {
            if (status.state() == State.REFUSED) {
                LOG.info("The files are again as they run");
                current();
            }
        } else if (!closed && !files.equals(refused)) {
            reload(files);
        }
    }

    private void reload(FlowFiles files) {
        FlowFiles before = running.get();
        FlowDiff diff = FlowDiff.between(before, files);
        Collection<String> names = diff.routes().isEmpty() ? diff.kamelets() : diff.routes();
        try {
            rehearsal.check(files, diff.routes());
        } catch (Rehearsal.RefusedException e) {
            refuse(files, names, e.getMessage(), e);
            return;
        }
        LOG.info("Reloading {}: draining its routes", names);
        try {
            replace(before, files, diff);
        } catch (Exception e) {
            refuse(files, names, Reasons.of(e), e);
            return;
        }
        if (!closed) {
            current();
            LOG.info("Reloaded {}", names);
        }
    }

    private void replace(FlowFiles before, FlowFiles after, FlowDiff diff) throws Exception {
        routes.remove(diff.routes());
        if (closed) {
            return;
        }
        try {
            load(after, diff);
        } catch (Exception e) {
            try {
                load(before, diff);
            } catch (Exception worse) {
                e.addSuppressed(worse);
                // Of the files of this edit none runs now; the next edit takes them for new ones.
                lost.addAll(diff.routes());
                running.set(before.withoutRoutes(lost));
            }
            throw e;
        }
    }

    private void load(FlowFiles files, FlowDiff diff) throws Exception {
        running.set(files);
        routes.forgetKamelets(diff.kamelets());
        Map<String, FlowFile> changed = new TreeMap<>(files.routes());
        changed.keySet().retainAll(diff.routes());
        routes.add(changed);
    }

    private void current() {
        refused = null;
        lost.clear();
        status = new ReloadStatus(State.CURRENT, null, Instant.now());
    }

    private void refuse(FlowFiles files, Collection<String> names, String reason, Exception failure) {
        refused = files;
        String why = names + " not reloaded: " + reason;
        if (lost.isEmpty()) {
            status = new ReloadStatus(State.REFUSED, why, Instant.now());
            LOG.error("{} What ran before goes on; correct the file, or put it back", why);
            LOG.debug("Reload refused", failure);
        } else {
            String down = why + " The last good version of " + lost + " did not start again either.";
            status = new ReloadStatus(State.BROKEN, down, Instant.now());
            LOG.error("{} Its routes are stopped; correct the file, or start again", down, failure);
        }
    }
}
