package dev.kafila.faults.proof;

import java.util.Arrays;
import java.util.List;

/**
 * What was sent of one partition in one flow, in the order in which it arrived: a row for each record of each request, those of a request
 * next to each other.
 */
final class Track {
    private static final List<Fate> FATES = List.of(Fate.values());

    private int[] numbers = new int[1024];
    private int[] requests = new int[1024];
    private byte[] fates = new byte[1024];
    private int rows;

    void add(int number, int request, Fate fate) {
        if (rows == numbers.length) {
            numbers = Arrays.copyOf(numbers, 2 * rows);
            requests = Arrays.copyOf(requests, 2 * rows);
            fates = Arrays.copyOf(fates, 2 * rows);
        }
        numbers[rows] = number;
        requests[rows] = request;
        fates[rows] = (byte) FATES.indexOf(fate);
        rows++;
    }

    int rows() {
        return rows;
    }

    /** Of the record within its partition. */
    int number(int row) {
        return numbers[row];
    }

    /** Which of the journal's requests it was in. */
    int request(int row) {
        return requests[row];
    }

    Fate fate(int row) {
        return FATES.get(fates[row]);
    }

    /** Whether AWS has taken it, said or not. */
    boolean isTaken(int row) {
        return fate(row) != Fate.REFUSED;
    }

    /** The row behind the last one of the same request. */
    int nextRequest(int row) {
        int next = row + 1;
        while (next < rows && requests[next] == requests[row]) {
            next++;
        }
        return next;
    }
}
