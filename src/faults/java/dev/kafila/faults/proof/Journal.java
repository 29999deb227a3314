package dev.kafila.faults.proof;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Every request that reached the endpoint, in the order in which they arrived: millions of records in nine bytes each. Safe for use by several
 * threads while it is written; it is read when nothing arrives any more.
 */
final class Journal {
    private final Map<Flow, List<Track>> tracks = new EnumMap<>(Flow.class);
    private final List<String> instances = new ArrayList<>();
    private int[] senders = new int[1024];
    private long[] arrivals = new long[1024];
    private long[] answers = new long[1024];
    private int requests;

    synchronized void add(Exchange exchange) {
        if (requests == arrivals.length) {
            senders = Arrays.copyOf(senders, 2 * requests);
            arrivals = Arrays.copyOf(arrivals, 2 * requests);
            answers = Arrays.copyOf(answers, 2 * requests);
        }
        senders[requests] = instance(exchange.instance());
        arrivals[requests] = exchange.arrived();
        answers[requests] = exchange.answered();
        for (Exchange.Sent sent : exchange.records()) {
            open(exchange.flow(), sent.id().partition()).add(sent.id().number(), requests, sent.fate());
        }
        requests++;
    }

    private int instance(String name) {
        int known = instances.indexOf(name);
        if (known >= 0) {
            return known;
        }
        instances.add(name);
        return instances.size() - 1;
    }

    private Track open(Flow flow, int partition) {
        List<Track> partitions = tracks.computeIfAbsent(flow, key -> new ArrayList<>());
        while (partitions.size() <= partition) {
            partitions.add(new Track());
        }
        return partitions.get(partition);
    }

    /** What was sent of a partition; empty if nothing was. */
    synchronized Track track(Flow flow, int partition) {
        return open(flow, partition);
    }

    synchronized int requests() {
        return requests;
    }

    /** Who sent a request. */
    synchronized String instance(int request) {
        return instances.get(senders[request]);
    }

    /** When a request arrived, by {@link System#nanoTime()}. */
    synchronized long arrived(int request) {
        return arrivals[request];
    }

    /** When the answer to a request was due, by the same clock; {@link Long#MAX_VALUE}: never. */
    synchronized long answered(int request) {
        return answers[request];
    }

    /**
     * Records of a flow that AWS took, second by second; each time counts where one came twice.
     *
     * @param began by {@link System#nanoTime()}; what arrived before does not count
     * @param ended by the same clock; nor does what arrived after its second
     */
    synchronized long[] takenPerSecond(Flow flow, long began, long ended) {
        long[] taken = new long[(int) TimeUnit.NANOSECONDS.toSeconds(ended - began) + 1];
        for (Track track : tracks.getOrDefault(flow, List.of())) {
            for (int row = 0; row < track.rows(); row++) {
                long since = arrivals[track.request(row)] - began;
                long second = TimeUnit.NANOSECONDS.toSeconds(since);
                if (track.isTaken(row) && since >= 0 && second < taken.length) {
                    taken[(int) second]++;
                }
            }
        }
        return taken;
    }
}
