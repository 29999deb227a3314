package dev.kafila.mapping.scale;

/**
 * Decides how many pollers a mapping needs. It keeps nothing: what one decision leaves for the next is in {@link Scale}.
 *
 * @param minimum of pollers, at least 1
 * @param maximum of pollers
 * @param worth   records behind one poller that are not worth another one
 */
public record Scaling(int minimum, int maximum, int worth) {
    /** Pollers that are busier are a reason for more of them. */
    static final double BUSY = 0.5;

    /** Pollers that are less busy are one for fewer. With a quarter of them gone, or one of two, the others stay below {@link #BUSY}. */
    static final double IDLE = 0.2;

    /** Decisions that find pollers idle before some are taken away. */
    static final int QUIET = 3;

    /** Decisions after a throttle that add none. */
    static final int HELD = 3;

    /** How a mapping starts. */
    public Scale start() {
        return Scale.of(minimum);
    }

    /** The same within the limits, which hold at any time: a mapping may have been changed, or its partitions have become known. */
    public Scale within(Scale scale, int partitions) {
        int pollers = limited(scale.pollers(), partitions);
        return pollers == scale.pollers() ? scale : new Scale(pollers, scale.lag(), scale.quiet(), scale.held());
    }

    /** A poller without a partition has nothing to do. */
    private int limited(int pollers, int partitions) {
        int most = partitions > 0 ? Math.min(maximum, partitions) : maximum;
        return Math.min(most, Math.max(minimum, pollers));
    }

    /** Called once in every interval. */
    public Scale next(Scale before, Load load) {
        int now = before.pollers();
        if (load.throttled()) {
            return scale(now - quarter(now), load, 0, HELD);
        }
        int held = Math.max(0, before.held() - 1);
        if (isBehind(before, load)) {
            return scale(held > 0 ? now : now + more(before, load), load, 0, held);
        }
        if (load.busy() >= IDLE || load.lag() > (long) worth * now) {
            return scale(now, load, 0, held);
        }
        boolean fewer = before.quiet() + 1 >= QUIET;
        return scale(fewer ? now - quarter(now) : now, load, fewer ? 0 : before.quiet() + 1, held);
    }

    /** Whether the pollers do what they can, and what is left takes them longer than an interval. */
    private boolean isBehind(Scale before, Load load) {
        long drained = before.lag() - load.lag();
        return before.lag() != Scale.UNKNOWN
                && load.busy() >= BUSY
                && load.lag() > (long) worth * before.pollers()
                && load.lag() > drained;
    }

    /** As many again while the lag grows; half of that while it does not shrink fast enough. */
    private static int more(Scale before, Load load) {
        return load.lag() >= before.lag() ? before.pollers() : Math.max(1, before.pollers() / 2);
    }

    private static int quarter(int pollers) {
        return Math.max(1, pollers / 4);
    }

    private Scale scale(int pollers, Load load, int quiet, int held) {
        return new Scale(limited(pollers, load.partitions()), load.lag(), quiet, held);
    }
}
