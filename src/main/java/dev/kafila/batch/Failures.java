package dev.kafila.batch;

import java.time.Duration;
import java.util.function.Consumer;
import org.apache.camel.util.ObjectHelper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Decides what becomes of a lane whose batch failed. */
final class Failures {
    private static final Logger LOG = LoggerFactory.getLogger(Failures.class);
    private static final Duration FIRST_DELAY = Duration.ofMillis(500);
    private static final Duration LONGEST_DELAY = Duration.ofSeconds(60);

    private final BatchOptions options;
    private final Consumer<String> stopRoute;

    /** @param stopRoute stops the whole route for the given reason, not on the calling thread */
    Failures(BatchOptions options, Consumer<String> stopRoute) {
        this.options = options;
        this.stopRoute = stopRoute;
    }

    void decide(Lane lane, RecordBatch batch, Throwable failure) {
        RouteStopException routeStop = ObjectHelper.getException(RouteStopException.class, failure);
        PartitionStopException partitionStop = ObjectHelper.getException(PartitionStopException.class, failure);
        if (routeStop != null) {
            stopRoute(lane, batch, routeStop.getMessage());
        } else if (partitionStop != null) {
            stopPartition(lane, batch, partitionStop.getMessage(), partitionStop.isProbe());
        } else {
            decideByOption(lane, batch, failure);
        }
    }

    private void decideByOption(Lane lane, RecordBatch batch, Throwable failure) {
        switch (options.onFailure()) {
            case RETRY -> {
                Duration delay = delay(lane.failures());
                lane.retryAfter(delay, System.nanoTime());
                LOG.warn("{} failed and is tried again in {}: {}", batch.coordinates(), delay, failure.toString());
            }
            case STOP_PARTITION -> {
                LOG.debug("{} failed", batch.coordinates(), failure);
                stopPartition(lane, batch, failure.toString(), false);
            }
            case STOP -> {
                LOG.debug("{} failed", batch.coordinates(), failure);
                stopRoute(lane, batch, failure.toString());
            }
        }
    }

    /** Records of the lane are gone, and it can go on at the given offset only. */
    void gap(Lane lane, String reason, long goOnAt) {
        LOG.error("Records are gone: {}", reason);
        switch (options.onFailure()) {
            case RETRY -> LOG.error("{} goes on at offset {}", lane.partition(), goOnAt);
            case STOP_PARTITION -> lane.stopAtGap(reason + "; resume it to go on at offset " + goOnAt);
            case STOP -> {
                lane.stopAtGap(reason);
                stopRoute.accept(reason);
            }
        }
    }

    private void stopPartition(Lane lane, RecordBatch batch, String reason, boolean probe) {
        String was = lane.stopReason();
        String is = batch.coordinates() + ": " + reason;
        stop(lane, is, probe);
        if (!is.equals(was)) {
            LOG.error(
                    "{} is stopped at offset {}, the other partitions go on. {}. {}",
                    lane.partition(),
                    batch.firstOffset(),
                    is,
                    probe
                            ? "It is tried again every " + options.probeInterval()
                            : "Resume it when the cause is mended: POST /observe/partitions/" + lane.partition()
                                    + "/resume");
        }
    }

    private void stop(Lane lane, String reason, boolean probe) {
        lane.stop(reason, probe ? options.probeInterval() : null, System.nanoTime());
    }

    private void stopRoute(Lane lane, RecordBatch batch, String reason) {
        String is = batch.coordinates() + ": " + reason;
        stop(lane, is, false);
        LOG.error("The route stops at {}, offsets are kept. {}", lane.partition(), is);
        stopRoute.accept(is);
    }

    /** Doubles from half a second to a minute. */
    static Duration delay(int failures) {
        Duration delay = FIRST_DELAY.multipliedBy(1L << Math.min(failures - 1, 10));
        return delay.compareTo(LONGEST_DELAY) < 0 ? delay : LONGEST_DELAY;
    }
}
